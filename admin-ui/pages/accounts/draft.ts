import type { Account, AccountFields, AccountUse } from '../../../service/contract/account.ts';
import { usualFiling } from '../../../service/contract/activity.ts';
import type { FilingOptions } from '../../../service/contract/activity.ts';
import type { MailProvider } from '../../../service/contract/mail-providers.ts';
import { usualOAuth } from '../../../service/contract/oauth.ts';
import type { Authentication, OAuthFields } from '../../../service/contract/oauth.ts';
import type { Asked } from '../../api.ts';

/** What the form holds: fields as they are typed, and the password apart because it never comes back from the service. */
export interface Draft extends Omit<AccountFields, 'port'> {
	/** As typed; "" for the usual port. */
	port: string;
	/** undefined keeps the stored password. */
	password: string | undefined;
	/** The mailbox's own address, of an account for activities: its local part and domain in one, as typed. */
	ownAddress: string;
	filing: FilingOptions;
	authentication: Authentication;
	oauth: OAuthFields;
	/** As the password. */
	clientSecret: string | undefined;
	asMailArrives: boolean;
}

/** The form for a new account, or for one that exists. */
export function draftOf(account?: Account, usedFor: AccountUse = 'bounces'): Draft {
	if (!account) return { ...emptyDraft, usedFor };
	const { id, hasPassword, hasClientSecret, isDefault, authorisation, ...rest } = account;
	const { lastReadAt, lastProblem, failures, nextTryAt, ...fields } = rest;
	return {
		...fields,
		port: fields.port === null ? '' : String(fields.port),
		password: hasPassword ? undefined : '',
		clientSecret: hasClientSecret ? undefined : '',
		ownAddress: `${fields.localPart}@${fields.emailDomain}`,
	};
}

const emptyDraft: Draft = {
	name: '',
	usedFor: 'bounces',
	protocol: 'imap',
	server: '',
	port: '',
	security: 'tls',
	verifyCertificate: true,
	userName: '',
	password: '',
	localPart: 'return+',
	emailDomain: '',
	separator: '.',
	returnPath: '',
	source: '',
	filingFolder: 'CiviMail',
	ownAddress: '',
	filing: usualFiling,
	authentication: 'password',
	oauth: usualOAuth,
	clientSecret: '',
	asMailArrives: false,
	isActive: true,
};

/** What is sent. A number field holds "" when no number was typed; whether a number can be a port, the service says. An
 *  account for activities has one address, and no return addresses to be told apart. */
export function fieldsAsked({ port, ownAddress, ...draft }: Draft): Asked<'addAccount'> {
	const typed = port.trim();
	const fields = { ...draft, port: typed === '' ? null : Number(typed) };
	if (draft.usedFor === 'bounces') return fields;

	const address = ownAddress.trim();
	const at = address.lastIndexOf('@');
	return {
		...fields,
		localPart: at < 0 ? '' : address.slice(0, at),
		emailDomain: at < 0 ? address : address.slice(at + 1),
		returnPath: '',
	};
}

/** What a provider's mailboxes need. */
export function settingsOf({ imap, signIn, oauth }: MailProvider): Partial<Draft> {
	return {
		server: imap.server,
		port: String(imap.port),
		security: imap.security,
		verifyCertificate: true,
		...(signIn === 'oauth2' && oauth
			? { authentication: 'oauth2' as const, oauth: { ...usualOAuth, provider: oauth } }
			: {}),
	};
}

/** Whether a form has a provider's server already. */
export function fitsProvider(draft: Draft, { imap }: MailProvider): boolean {
	return draft.server.trim().toLowerCase() === imap.server && draft.security === imap.security;
}
