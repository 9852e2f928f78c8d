/** OAuth2 for mailboxes (requirement B6): the provider asks the mailbox's owner in a browser, and the service gets a token
 *  instead of a password. */

export const authentications = ['password', 'oauth2'] as const;
export type Authentication = (typeof authentications)[number];

export const oauthProviders = ['google', 'microsoft', 'custom'] as const;
export type OAuthProvider = (typeof oauthProviders)[number];

/** What an administrator registers at the provider and fills in here, without the client's secret. */
export interface OAuthFields {
	provider: OAuthProvider;
	clientId: string;
	/** Microsoft: the organisation's directory, or "common". */
	tenant: string;
	/** Custom providers only; the others' are known. */
	authorizeUrl: string;
	tokenUrl: string;
	/** Empty takes the provider's usual scope. */
	scope: string;
}

export const usualOAuth: OAuthFields = {
	provider: 'google',
	clientId: '',
	tenant: 'common',
	authorizeUrl: '',
	tokenUrl: '',
	scope: '',
};

/** none: nobody was asked yet; granted: it works as far as we know; lost: the provider takes it no more (revoked,
 *  expired, another password), and the owner has to be asked again. */
export type AuthorisationState = 'none' | 'granted' | 'lost';

export interface Authorisation {
	state: AuthorisationState;
	/** ISO 8601; when the owner said yes. */
	grantedAt: string | null;
	/** What the provider said when it was lost. */
	problem: string | null;
}

interface ProviderFacts {
	name: string;
	authorizeUrl: string;
	tokenUrl: string;
	/** Reading and moving mail over IMAP and POP3, and a refresh token. */
	scope: string;
	/** Added to the address the owner is sent to. */
	extra: Record<string, string>;
}

/** Endpoints and scopes as the providers document them: developers.google.com/workspace/gmail/imap/xoauth2-protocol and
 *  learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth.
 *  Google gives a refresh token only with `access_type=offline`, and again only with `prompt=consent`. */
export const oauthFacts: Readonly<Record<Exclude<OAuthProvider, 'custom'>, ProviderFacts>> = {
	google: {
		name: 'Google',
		authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
		tokenUrl: 'https://oauth2.googleapis.com/token',
		scope: 'https://mail.google.com/',
		extra: { access_type: 'offline', prompt: 'consent' },
	},
	microsoft: {
		name: 'Microsoft',
		authorizeUrl: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize',
		tokenUrl: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token',
		scope:
			'offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/POP.AccessAsUser.All',
		extra: { prompt: 'select_account' },
	},
};
