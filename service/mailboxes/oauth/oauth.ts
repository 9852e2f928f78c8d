import type { OAuthFields } from '../../contract/oauth.ts';

/** Talks to the provider that gives tokens for a mailbox (RFC 6749 with PKCE, RFC 7636). */
export interface OAuthClient {
	/** Where to send the mailbox's owner.
	 *  @returns the address, and the verifier to keep for `redeem` */
	begin(wish: {
		fields: OAuthFields;
		/** Comes back with the owner; names this request. */
		state: string;
		redirectUrl: string;
		/** The mailbox, so that the provider proposes the right one of the owner's accounts. */
		loginHint: string;
	}): Promise<{ url: string; verifier: string }>;
	/** Trades what the owner came back with for tokens.
	 *  @throws ServiceError mailbox-trouble: "oauth-refused", "oauth-unreachable" … */
	redeem(wish: {
		fields: OAuthFields;
		clientSecret: string;
		code: string;
		verifier: string;
		redirectUrl: string;
		now: Date;
	}): Promise<Tokens>;
	/** Gets a new access token.
	 *  @throws ServiceError mailbox-trouble "oauth-lost" when the provider takes the refresh token no more;
	 *  "oauth-unreachable" when it gave no answer, which says nothing about the token */
	refresh(wish: {
		fields: OAuthFields;
		clientSecret: string;
		refreshToken: string;
		now: Date;
	}): Promise<Tokens>;
}

export interface Tokens {
	accessToken: string;
	/** Providers may give a new one each time; then the old one is void. */
	refreshToken: string | null;
	expiresAt: Date;
}
