import { isAbsolute, resolve, sep } from 'node:path';
import { isOnThisMachine } from '../contract/account.ts';
import { usualOAuth } from '../contract/oauth.ts';
import type { AccountRow } from '../db/schema.ts';
import { ServiceError } from '../errors.ts';
import { toColumns } from './account-row.ts';
import type { AccountForm } from './account-row.ts';
import { oauthFieldsOf } from './authorisations.ts';

/** Where a site may read mailboxes that are files and folders. */
export interface AllowedFolders {
	siteId: string;
	mailFolders: readonly string[];
}

/** Refuses a form that lacks something, and a mailbox that serves another account.
 *  @param others all other accounts of the site
 *  @throws ServiceError invalid-request with `fields`, or conflict */
export function checkAccount(fields: AccountForm, others: AccountRow[], allowed: AllowedFolders) {
	const wrong: Record<string, string> = {};
	if (!isOnThisMachine(fields.protocol)) {
		if (!fields.server)
			wrong['server'] = 'Enter the name of the mail server, such as imap.example.org.';
		if (!fields.userName) wrong['userName'] = 'Enter the user name of the mailbox.';
	} else if (!isAllowedFolder(fields.source, allowed)) {
		wrong['source'] = folderRefusal(fields.source, allowed);
	}
	if (fields.authentication === 'oauth2') Object.assign(wrong, wrongInOAuth(fields));
	if (Object.keys(wrong).length > 0) {
		throw new ServiceError(
			'invalid-request',
			'The mail account was not saved: see the marked fields.',
			{ fields: wrong },
		);
	}

	const same = others.find((other) => mailboxKey(other) === mailboxKey(toColumns(fields)));
	if (same) {
		throw new ServiceError(
			'conflict',
			`The account “${same.name}” reads this mailbox already. One mailbox can serve one account only, because each moves the mails away when it is done.`,
			{ problem: 'mailbox-taken', fields: { source: `Read by “${same.name}”.` } },
		);
	}
	const bounces = others.find(({ used_for }) => used_for === 'bounces');
	if (fields.usedFor === 'bounces' && bounces) {
		throw new ServiceError(
			'conflict',
			`Bounces are read from “${bounces.name}” already, and a site has one account for bounces. Change that one, or use this one for email-to-activity.`,
			{
				problem: 'second-bounce-account',
				fields: { usedFor: `“${bounces.name}” is used for bounces.` },
			},
		);
	}
}

/** Two accounts with the same key read the same mailbox. */
function mailboxKey(row: Pick<AccountRow, 'protocol' | 'server' | 'user_name' | 'source'>): string {
	return isOnThisMachine(row.protocol)
		? `on this machine ${resolve(row.source)}`
		: [
				'imap',
				row.server.toLowerCase(),
				row.user_name.toLowerCase(),
				// POP3 shows what IMAP calls INBOX.
				(row.protocol === 'pop3' ? '' : row.source.toUpperCase()) || 'INBOX',
			].join(' ');
}

/** A stored password goes only where it was typed for: else whoever may edit accounts could have it sent to a server of
 *  their own and read it there. */
export function refuseToCarryPassword(stored: AccountRow, fields: AccountForm) {
	const isAsked = !isOnThisMachine(fields.protocol) && fields.authentication !== 'oauth2';
	if (stored.password && !fields.password && isAsked && goesElsewhere(stored, fields)) {
		throw new ServiceError(
			'invalid-request',
			'Type the password again, because the server or its security changed.',
			{
				problem: 'password-needed',
				fields: { password: 'Type the password again for the changed server.' },
			},
		);
	}
}

function goesElsewhere(stored: AccountRow, fields: AccountForm): boolean {
	return (
		fields.server.toLowerCase() !== stored.server.toLowerCase() ||
		(stored.security !== 'none' && fields.security === 'none') ||
		(stored.verify_certificate === 1 && !fields.verifyCertificate)
	);
}

/** What an OAuth2 account lacks, by field. */
function wrongInOAuth({ protocol, oauth }: AccountForm): Record<string, string> {
	if (isOnThisMachine(protocol))
		return { authentication: 'A mailbox on this machine needs no signing in.' };
	const { provider, clientId, authorizeUrl, tokenUrl } = { ...usualOAuth, ...oauth };
	const wrong: Record<string, string> = {};
	if (!clientId) wrong['oauth.clientId'] = 'Enter the client ID that the provider gave you.';
	if (provider === 'custom' && !authorizeUrl)
		wrong['oauth.authorizeUrl'] = 'Enter where owners are asked.';
	if (provider === 'custom' && !tokenUrl) wrong['oauth.tokenUrl'] = 'Enter where tokens are given.';
	return wrong;
}

/** A token opens the mailbox as a password does: it stays with the server, user and provider it was given for. */
function isElsewhere(stored: AccountRow, fields: AccountForm): boolean {
	const before = oauthFieldsOf(stored);
	const after = { ...usualOAuth, ...fields.oauth };
	return (
		goesElsewhere(stored, fields) ||
		stored.authentication !== 'oauth2' ||
		stored.user_name !== fields.userName ||
		(['provider', 'clientId', 'tenant', 'tokenUrl', 'authorizeUrl'] as const).some(
			(name) => before[name] !== after[name],
		)
	);
}

/** What is forgotten with a change: a token that has to be granted anew, a client's secret for another provider, and a password
 *  for another server, also where the account does not sign in with it now and could be made to again. */
export function secretsToForget(stored: AccountRow, fields: AccountForm) {
	return {
		...(goesElsewhere(stored, fields) ? { password: null } : {}),
		...(isElsewhere(stored, fields)
			? { oauth_tokens: null, oauth_granted_at: null, oauth_problem: null, client_secret: null }
			: {}),
	};
}

/** @throws ServiceError mailbox-trouble unless the stored authorisation is for just this mailbox. */
export function refuseToCarryTokens(
	stored: AccountRow | undefined,
	fields: AccountForm,
): asserts stored is AccountRow {
	if (stored && !isElsewhere(stored, fields)) return;
	throw new ServiceError(
		'mailbox-trouble',
		'Save the account first and authorise it: an authorisation is for one mailbox, server and provider.',
		{ problem: 'oauth-not-granted' },
	);
}

/** Whether a site may read a mailbox that is a file or folder at a path. */
export function isAllowedFolder(path: string, allowed: AllowedFolders): boolean {
	if (!isAbsolute(path)) return false;
	const wanted = resolve(path);
	return allowedFolders(allowed)
		.map((folder) => resolve(folder))
		.some((folder) => wanted === folder || wanted.startsWith(folder + sep));
}

/** The folders of this very site. */
export function allowedFolders({ mailFolders, siteId }: AllowedFolders): string[] {
	return mailFolders.map((folder) => folder.replaceAll('{site}', siteId));
}

/** Why it may not, and who can change that. */
export function folderRefusal(path: string, allowed: AllowedFolders): string {
	if (!path) return 'Enter the whole path of the mailbox, such as /var/mail/bounces/Maildir.';
	const folders = allowedFolders(allowed);
	if (folders.length === 0) {
		return 'The service may read no mailbox on its own machine yet. Whoever runs it names the allowed folders in RETURN_CHANNEL_MAIL_FOLDERS.';
	}
	return `This site may read mailboxes on the service's machine only below ${folders.join(', ')}.`;
}
