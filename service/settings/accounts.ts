import { isOnThisMachine } from '../contract/account.ts';
import type { Account, AccountFields, Protocol } from '../contract/account.ts';
import { inPassing } from '../db/open.ts';
import type { Database } from '../db/open.ts';
import type { AccountRow } from '../db/schema.ts';
import { ServiceError } from '../errors.ts';
import type { Leaving, MailboxAddress, SeenMails } from '../mailboxes/mail-store.ts';
import {
	allowedFolders,
	checkAccount,
	folderRefusal,
	isAllowedFolder,
	refuseToCarryPassword,
	refuseToCarryTokens,
	secretsToForget,
} from './account-checks.ts';
import { toAccount, toColumns } from './account-row.ts';
import type { AccountForm } from './account-row.ts';
import type { Authorisations } from './authorisations.ts';
import { oauthPlace } from './authorisations.ts';
import { forgetSeenMails, nothingSeen, seenMails } from './seen-mails.ts';
import type { SecretBox } from './secrets.ts';

export type { AccountForm } from './account-row.ts';

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
	/** The folders below which this site may read mailboxes that are files and folders. */
	mailFolders(): string[];
	/** Notes that it was read at a moment (null: at none new), and what went wrong if something did. */
	noteReading(id: number, at: Date | null, problem: string | null): Promise<void>;
}

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
			checkAccount(fields, await rows(tables), tables);
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
			checkAccount(
				fields,
				(await rows(tables)).filter((other) => other.id !== id),
				tables,
			);
			refuseToCarryPassword(before, fields);
			const { password, clientSecret, ...rest } = fields;
			await tables.db
				.updateTable('accounts')
				.set({ ...toColumns(rest), ...secretsToForget(before, fields), ...healed })
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
		mailFolders: () => allowedFolders(tables),
		noteReading: async (id, at, problem) => {
			const state = problem === null ? healed : await failedState(tables, id, at, problem);
			await inPassing(tables.db, (db) =>
				db
					.updateTable('accounts')
					.set({ ...state, ...(at ? { last_read_at: at.getTime() } : {}) })
					.where('site_id', '=', tables.siteId)
					.where('id', '=', id)
					.execute(),
			);
		},
	};
	return accounts;
}

/** An account that was read, or changed: it is tried at once. */
const healed = { last_problem: null, failures: 0, failing_since: null, next_try_at: null };

async function failedState(tables: AccountTables, id: number, at: Date | null, problem: string) {
	const { failures, failing_since } = await row(tables, id);
	return {
		last_problem: problem,
		failures: failures + 1,
		failing_since: failing_since ?? at?.getTime() ?? null,
		next_try_at: at && at.getTime() + restAfter(failures + 1),
	};
}

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
