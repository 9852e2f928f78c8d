import { isAbsolute, resolve, sep } from 'node:path';
import { isOnThisMachine, separators } from '../contract/account.ts';
import type { Account, AccountFields, Protocol } from '../contract/account.ts';
import { usualFiling } from '../contract/activity.ts';
import type { FilingOptions } from '../contract/activity.ts';
import type { Request } from '../contract/messages.ts';
import { usualOAuth } from '../contract/oauth.ts';
import type { Authorisation } from '../contract/oauth.ts';
import type { Database } from '../db/open.ts';
import type { AccountRow } from '../db/schema.ts';
import { ServiceError } from '../errors.ts';
import type { Leaving, MailboxAddress, SeenMails } from '../mailboxes/mail-store.ts';
import type { Authorisations } from './authorisations.ts';
import { oauthFieldsOf, oauthPlace } from './authorisations.ts';
import { forgetSeenMails, nothingSeen, seenMails } from './seen-mails.ts';
import type { SecretBox } from './secrets.ts';

/** A site's mail accounts. Passwords go in and never come out, except as part of a mailbox's address. */
export interface Accounts {
	list(): Promise<Account[]>;
	/** @throws ServiceError not-found. */
	get(id: number): Promise<Account>;
	/** The account bounces are read from, if there is one and it is active. */
	bounceAccount(): Promise<Account | undefined>;
	/** The active accounts whose mail is filed, the oldest first. */
	activityAccounts(): Promise<Account[]>;
	/** @throws ServiceError invalid-request with `fields`, or conflict when the mailbox serves another account. */
	add(fields: AccountForm): Promise<Account>;
	change(id: number, fields: AccountForm): Promise<Account>;
	delete(id: number): Promise<Account>;
	/** Where to find the mailbox of a stored account.
	 *  @throws ServiceError when its password cannot be opened any more, or its folder is not allowed. */
	mailboxAddress(id: number): Promise<MailboxAddress>;
	/** The same for a form that was not saved; without a password, the stored one of `id` is taken. */
	mailboxAddressOf(fields: AccountForm, id?: number): Promise<MailboxAddress>;
	/** Notes that it was read at a moment (null: at none new), and what went wrong if something did. */
	noteReading(id: number, at: Date | null, problem: string | null): Promise<void>;
}

export type AccountForm = Request<'addAccount'>;

interface AccountTables {
	db: Database;
	siteId: string;
	secrets: SecretBox;
	/** Folders below which this site may read mailboxes that are files and folders. */
	mailFolders: readonly string[];
	authorisations: Authorisations;
	now: () => Date;
}

const minute = 60_000;

/** One failure costs no wait: many heal by the next minute. Then 2, 4, 8 … minutes, an hour at most. */
function restAfter(failures: number): number {
	return failures < 2 ? 0 : Math.min(2 ** (failures - 1), 60) * minute;
}

/** RFC 9051 §2.1, RFC 1939 §3 and RFC 8314 §3. */
const imapPorts = { tls: 993, starttls: 143, none: 143 } as const;
const pop3Ports = { tls: 995, starttls: 110, none: 110 } as const;

/** The mail accounts of one site in the service's own database. */
export function siteAccounts(tables: AccountTables): Accounts {
	const memory = (accountId: number) => seenMails({ ...tables, accountId });
	const accounts: Accounts = {
		list: async () => (await rows(tables)).map(toAccount),
		get: async (id) => toAccount(await row(tables, id)),
		bounceAccount: async () =>
			(await rows(tables)).map(toAccount).find(({ isDefault, isActive }) => isDefault && isActive),
		activityAccounts: async () =>
			(await rows(tables))
				.map(toAccount)
				.filter(({ usedFor, isActive }) => usedFor === 'activities' && isActive),
		add: async (fields) => {
			check(fields, await rows(tables), tables);
			const { password, clientSecret, ...rest } = fields;
			const { insertId } = await tables.db
				.insertInto('accounts')
				.values({
					site_id: tables.siteId,
					...toColumns(rest),
					password: null,
					last_read_at: null,
					last_problem: null,
				})
				.executeTakeFirstOrThrow();
			const id = Number(insertId);
			if (password) await storePassword(tables, id, password);
			if (clientSecret) await storeClientSecret(tables, id, clientSecret);
			return accounts.get(id);
		},
		change: async (id, fields) => {
			const before = await row(tables, id);
			check(
				fields,
				(await rows(tables)).filter((other) => other.id !== id),
				tables,
			);
			refuseToCarryPassword(before, fields);
			const { password, clientSecret, ...rest } = fields;
			await tables.db
				.updateTable('accounts')
				.set({ ...toColumns(rest), ...tokensToForget(before, fields), ...healed })
				.where('site_id', '=', tables.siteId)
				.where('id', '=', id)
				.execute();
			if (isOtherMailbox(before, fields)) await forgetSeenMails({ ...tables, accountId: id });
			if (password) await storePassword(tables, id, password);
			if (clientSecret) await storeClientSecret(tables, id, clientSecret);
			return accounts.get(id);
		},
		delete: async (id) => {
			const account = toAccount(await row(tables, id));
			await forgetSeenMails({ ...tables, accountId: id });
			await tables.db
				.deleteFrom('accounts')
				.where('site_id', '=', tables.siteId)
				.where('id', '=', id)
				.execute();
			return account;
		},
		mailboxAddress: async (id) => {
			const stored = await row(tables, id);
			const account = toAccount(stored);
			if (account.authentication === 'password')
				return toMailboxAddress(account, openPassword(tables, stored), tables, memory(id));
			const accessToken = await tables.authorisations.freshToken(id, tables.now());
			return { ...toMailboxAddress(account, '', tables, memory(id)), accessToken };
		},
		mailboxAddressOf: async (fields, id) => {
			const stored = id === undefined ? undefined : await row(tables, id);
			const seen = stored && !isOtherMailbox(stored, fields) ? memory(stored.id) : nothingSeen;
			if (fields.authentication === 'oauth2') {
				refuseToCarryTokens(stored, fields);
				const accessToken = await tables.authorisations.freshToken(stored.id, tables.now());
				return { ...toMailboxAddress(fields, '', tables, seen), accessToken };
			}
			if (stored && !fields.password) refuseToCarryPassword(stored, fields);
			const password = fields.password || (stored ? openPassword(tables, stored) : '');
			return toMailboxAddress(fields, password, tables, seen);
		},
		noteReading: async (id, at, problem) => {
			const { failures } = await row(tables, id);
			const failed = problem === null ? 0 : failures + 1;
			await tables.db
				.updateTable('accounts')
				.set({
					...(at ? { last_read_at: at.getTime() } : {}),
					last_problem: problem,
					failures: failed,
					next_try_at: at && failed > 0 ? at.getTime() + restAfter(failed) : null,
				})
				.where('site_id', '=', tables.siteId)
				.where('id', '=', id)
				.execute();
		},
	};
	return accounts;
}

/** A changed account is tried at once. */
const healed = { last_problem: null, failures: 0, next_try_at: null };

function rows({ db, siteId }: AccountTables): Promise<AccountRow[]> {
	return db
		.selectFrom('accounts')
		.selectAll()
		.where('site_id', '=', siteId)
		.orderBy('id')
		.execute();
}

async function row({ db, siteId }: AccountTables, id: number): Promise<AccountRow> {
	const found = await db
		.selectFrom('accounts')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('id', '=', id)
		.executeTakeFirst();
	if (!found)
		throw new ServiceError('not-found', 'There is no such mail account; it may have been deleted.');
	return found;
}

function check(fields: AccountForm, others: AccountRow[], tables: AccountTables) {
	const wrong: Record<string, string> = {};
	if (!isOnThisMachine(fields.protocol)) {
		if (!fields.server)
			wrong['server'] = 'Enter the name of the mail server, such as imap.example.org.';
		if (!fields.userName) wrong['userName'] = 'Enter the user name of the mailbox.';
	} else if (!isAllowedFolder(fields.source, tables)) {
		wrong['source'] = folderRefusal(fields.source, tables);
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
function refuseToCarryPassword(stored: AccountRow, fields: AccountForm) {
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

/** What has to be granted anew after a change; a client's secret goes to no other provider either. */
function tokensToForget(stored: AccountRow, fields: AccountForm) {
	return isElsewhere(stored, fields)
		? { oauth_tokens: null, oauth_granted_at: null, oauth_problem: null, client_secret: null }
		: {};
}

/** @throws ServiceError mailbox-trouble unless the stored authorisation is for just this mailbox. */
function refuseToCarryTokens(
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

async function storeClientSecret(
	{ db, siteId, secrets }: AccountTables,
	id: number,
	clientSecret: string,
): Promise<void> {
	await db
		.updateTable('accounts')
		.set({ client_secret: secrets.seal(clientSecret, oauthPlace(siteId, id)) })
		.where('site_id', '=', siteId)
		.where('id', '=', id)
		.execute();
}

function isAllowedFolder(path: string, { mailFolders, siteId }: AccountTables): boolean {
	if (!isAbsolute(path)) return false;
	const wanted = resolve(path);
	return mailFolders
		.map((folder) => resolve(folder.replaceAll('{site}', siteId)))
		.some((folder) => wanted === folder || wanted.startsWith(folder + sep));
}

function folderRefusal(path: string, { mailFolders, siteId }: AccountTables): string {
	if (!path) return 'Enter the whole path of the mailbox, such as /var/mail/bounces/Maildir.';
	if (mailFolders.length === 0) {
		return 'The service may read no mailbox on its own machine yet. Whoever runs it names the allowed folders in RETURN_CHANNEL_MAIL_FOLDERS.';
	}
	const folders = mailFolders.map((folder) => folder.replaceAll('{site}', siteId)).join(', ');
	return `This site may read mailboxes on the service's machine only below ${folders}.`;
}

async function storePassword({ db, siteId, secrets }: AccountTables, id: number, password: string) {
	await db
		.updateTable('accounts')
		.set({ password: secrets.seal(password, placeOf(siteId, id)) })
		.where('site_id', '=', siteId)
		.where('id', '=', id)
		.execute();
}

function openPassword(
	{ siteId, secrets }: AccountTables,
	{ id, name, password }: AccountRow,
): string {
	if (!password) return '';
	try {
		return secrets.open(password, placeOf(siteId, id));
	} catch (cause) {
		throw new ServiceError(
			'mailbox-trouble',
			`The stored password of “${name}” cannot be opened, because the service's secret was changed. Type it again.`,
			{ cause, problem: 'password-lost' },
		);
	}
}

function placeOf(siteId: string, accountId: number): string {
	return `site=${siteId};account=${accountId}`;
}

function toMailboxAddress(
	fields: AccountFields,
	password: string,
	tables: AccountTables,
	seen: SeenMails,
): MailboxAddress {
	if (isOnThisMachine(fields.protocol) && !isAllowedFolder(fields.source, tables)) {
		throw new ServiceError('mailbox-trouble', folderRefusal(fields.source, tables), {
			problem: 'folder-not-allowed',
		});
	}
	return {
		protocol: fields.protocol,
		server: fields.server,
		port: fields.port ?? (fields.protocol === 'pop3' ? pop3Ports : imapPorts)[fields.security],
		security: fields.security,
		verifyCertificate: fields.verifyCertificate,
		userName: fields.userName,
		password,
		source: fields.protocol === 'pop3' ? 'INBOX' : fields.source || 'INBOX',
		filingFolder: fields.filingFolder,
		...(hasMemory(fields.protocol) ? { leaving: leavingOf(fields, seen) } : {}),
	};
}

/** Where mails may stay when they are done, so that it is remembered which are. */
function hasMemory(protocol: Protocol): boolean {
	return protocol === 'pop3' || protocol === 'mbox';
}

function leavingOf(
	{ purgeProcessed = true, purgeUnprocessed = false }: AccountFields,
	seen: SeenMails,
): Leaving {
	return { deletes: { processed: purgeProcessed, ignored: purgeUnprocessed }, seen };
}

/** Names of mails mean something only in the mailbox that gave them. */
function isOtherMailbox(
	stored: AccountRow,
	{ protocol, server, userName, source }: AccountForm,
): boolean {
	return (
		stored.protocol !== protocol ||
		stored.server.toLowerCase() !== server.toLowerCase() ||
		stored.user_name !== userName ||
		(protocol === 'mbox' && stored.source !== source)
	);
}

function toColumns(fields: Omit<AccountForm, 'password' | 'clientSecret'>) {
	return {
		name: fields.name,
		used_for: fields.usedFor,
		protocol: fields.protocol,
		server: fields.server,
		port: fields.port,
		security: fields.security,
		verify_certificate: fields.verifyCertificate ? 1 : 0,
		user_name: fields.userName,
		authentication: fields.authentication ?? ('password' as const),
		oauth: JSON.stringify(fields.oauth ?? {}),
		local_part: fields.localPart,
		email_domain: fields.emailDomain,
		separator_sign: fields.separator,
		return_path: fields.returnPath,
		source: fields.source,
		filing_folder: fields.filingFolder,
		filing: JSON.stringify(fields.filing ?? {}),
		is_active: fields.isActive ? 1 : 0,
		as_mail_arrives: fields.asMailArrives ? 1 : 0,
		purge_processed: (fields.purgeProcessed ?? true) ? 1 : 0,
		purge_unprocessed: fields.purgeUnprocessed ? 1 : 0,
		is_default: fields.usedFor === 'bounces' ? 1 : 0,
	};
}

function toAccount(row: AccountRow): Account {
	return {
		id: row.id,
		name: row.name,
		usedFor: row.used_for,
		protocol: row.protocol,
		server: row.server,
		port: row.port,
		security: row.security,
		verifyCertificate: row.verify_certificate === 1,
		userName: row.user_name,
		hasPassword: row.password !== null,
		authentication: row.authentication,
		oauth: oauthFieldsOf(row),
		hasClientSecret: row.client_secret !== null,
		authorisation: authorisationOf(row),
		localPart: row.local_part,
		emailDomain: row.email_domain,
		separator: separators.find((sign) => sign === row.separator_sign) ?? '.',
		returnPath: row.return_path,
		source: row.source,
		filingFolder: row.filing_folder,
		filing: { ...usualFiling, ...(JSON.parse(row.filing) as Partial<FilingOptions>) },
		isActive: row.is_active === 1,
		isDefault: row.is_default === 1,
		lastReadAt: row.last_read_at === null ? null : new Date(row.last_read_at).toISOString(),
		lastProblem: row.last_problem,
		failures: row.failures,
		nextTryAt: row.next_try_at === null ? null : new Date(row.next_try_at).toISOString(),
		asMailArrives: row.as_mail_arrives === 1,
		purgeProcessed: row.purge_processed === 1,
		purgeUnprocessed: row.purge_unprocessed === 1,
	};
}

function authorisationOf(row: AccountRow): Authorisation {
	const { oauth_tokens, oauth_granted_at, oauth_problem } = row;
	return {
		state: oauth_problem ? 'lost' : oauth_tokens ? 'granted' : 'none',
		grantedAt: oauth_granted_at === null ? null : new Date(oauth_granted_at).toISOString(),
		problem: oauth_problem,
	};
}
