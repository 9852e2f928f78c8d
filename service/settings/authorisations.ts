import { createHash, randomBytes } from 'node:crypto';
import { usualOAuth } from '../contract/oauth.ts';
import type { OAuthFields } from '../contract/oauth.ts';
import type { Database } from '../db/open.ts';
import type { AccountRow } from '../db/schema.ts';
import { ServiceError } from '../errors.ts';
import type { OAuthClient, Tokens } from '../mailboxes/oauth/oauth.ts';
import type { SecretBox } from './secrets.ts';

/** The permissions that mailboxes' owners gave (OAuth2), of one site. Tokens stay inside, except as a sign-in. */
export interface Authorisations {
	/** @returns where to send the owner's browser. @throws ServiceError when the account uses no OAuth2, or the provider's
	 *  address is not allowed. */
	begin(accountId: number, redirectUrl: string, now: Date): Promise<string>;
	/** The owner came back with a code, or with the provider's refusal. A state is good once, and for half an hour.
	 *  @returns the account. @throws ServiceError with what went wrong. */
	finish(
		answer: { state: string; code?: string; error?: string; errorDescription?: string },
		now: Date,
	): Promise<number>;
	/** The mail server refused the access token before its time: the next one is a new one. */
	distrust(accountId: number): Promise<void>;
	/** Forgets the tokens. */
	forget(accountId: number): Promise<void>;
	/** An access token that is good for a minute at least; asks for a new one when it has to.
	 *  @throws ServiceError mailbox-trouble "oauth-not-granted", "oauth-lost", "oauth-unreachable" … */
	freshToken(accountId: number, now: Date): Promise<string>;
}

interface Tables {
	db: Database;
	siteId: string;
	secrets: SecretBox;
	oauth: OAuthClient;
}

interface StoredTokens {
	accessToken: string;
	refreshToken: string | null;
	expiresAt: number;
}

const requestLifetimeMs = 30 * 60_000;
/** A token that ends sooner is not worth starting with. */
const leastLifeMs = 60_000;

/** See `Authorisations`; in the service's own database. */
export function siteAuthorisations(tables: Tables): Authorisations {
	return {
		begin: (accountId, redirectUrl, now) => begin(tables, accountId, redirectUrl, now),
		finish: (answer, now) => finish(tables, answer, now),
		distrust: (accountId) => distrust(tables, accountId),
		forget: (accountId) => store(tables, accountId, { tokens: null, grantedAt: null }),
		freshToken: (accountId, now) => freshToken(tables, accountId, now),
	};
}

/** What an account says about its provider. */
export function oauthFieldsOf(row: Pick<AccountRow, 'oauth'>): OAuthFields {
	return { ...usualOAuth, ...(JSON.parse(row.oauth) as Partial<OAuthFields>) };
}

async function begin(
	tables: Tables,
	accountId: number,
	redirectUrl: string,
	now: Date,
): Promise<string> {
	const { db, siteId, secrets, oauth } = tables;
	const account = await accountRow(tables, accountId);
	if (account.authentication !== 'oauth2')
		throw new ServiceError(
			'conflict',
			`“${account.name}” signs in with a password, not with OAuth2.`,
		);
	const state = randomBytes(24).toString('base64url');
	const fields = oauthFieldsOf(account);
	const { url, verifier } = await oauth.begin({
		fields,
		state,
		redirectUrl,
		loginHint: account.user_name,
	});
	await db
		.deleteFrom('oauth_requests')
		.where('site_id', '=', siteId)
		.where('asked_at', '<', now.getTime() - requestLifetimeMs)
		.execute();
	await db
		.insertInto('oauth_requests')
		.values({
			site_id: siteId,
			state_hash: hashOf(state),
			account_id: accountId,
			verifier: secrets.seal(verifier, oauthPlace(siteId, accountId)),
			redirect_url: redirectUrl,
			asked_at: now.getTime(),
		})
		.execute();
	return url;
}

async function finish(
	tables: Tables,
	{ state, code, error, errorDescription }: Parameters<Authorisations['finish']>[0],
	now: Date,
): Promise<number> {
	const { siteId, secrets, oauth } = tables;
	const request = await takeRequest(tables, state, now);
	const account = await accountRow(tables, request.account_id);
	if (error || !code) {
		const said = errorDescription || error || 'nothing';
		throw new ServiceError(
			'conflict',
			`The mailbox of “${account.name}” was not authorised. The provider says: “${said}”. Nothing was changed; you can try again.`,
			{ problem: 'oauth-refused' },
		);
	}
	const place = oauthPlace(siteId, account.id);
	const tokens = await oauth.redeem({
		fields: oauthFieldsOf(account),
		clientSecret: account.client_secret ? secrets.open(account.client_secret, place) : '',
		code,
		verifier: secrets.open(request.verifier, place),
		redirectUrl: request.redirect_url,
		now,
	});
	if (!tokens.refreshToken)
		throw new ServiceError(
			'mailbox-trouble',
			`The provider let “${account.name}” in for an hour only and gave no refresh token. Remove Return Channel from the apps of this mailbox at the provider and authorise it again, or add the scope for offline access.`,
			{ problem: 'oauth-no-refresh-token' },
		);
	await store(tables, account.id, { tokens, grantedAt: now });
	return account.id;
}

/** A request is used up by whoever comes first with its state. */
async function takeRequest({ db, siteId }: Tables, state: string, now: Date) {
	const mine = () => db.selectFrom('oauth_requests').selectAll().where('site_id', '=', siteId);
	const request = await mine().where('state_hash', '=', hashOf(state)).executeTakeFirst();
	const { numDeletedRows } = await db
		.deleteFrom('oauth_requests')
		.where('site_id', '=', siteId)
		.where('state_hash', '=', hashOf(state))
		.executeTakeFirstOrThrow();
	if (!request || numDeletedRows === 0n || request.asked_at < now.getTime() - requestLifetimeMs)
		throw new ServiceError(
			'conflict',
			'This authorisation was not asked for from here, was used already, or took longer than half an hour. Press “Authorise” again.',
			{ problem: 'oauth-unknown-state' },
		);
	return request;
}

async function freshToken(tables: Tables, accountId: number, now: Date): Promise<string> {
	const account = await accountRow(tables, accountId);
	const stored = openTokens(tables, account);
	if (!stored)
		throw new ServiceError(
			'mailbox-trouble',
			`“${account.name}” is not authorised yet. Press “Authorise” under Mail accounts and sign in as the mailbox's owner.`,
			{ problem: 'oauth-not-granted' },
		);
	if (stored.expiresAt - now.getTime() > leastLifeMs) return stored.accessToken;
	if (!stored.refreshToken) throw await lost(tables, account, 'The authorisation has expired.');
	try {
		const tokens = await tables.oauth.refresh({
			fields: oauthFieldsOf(account),
			clientSecret: openClientSecret(tables, account),
			refreshToken: stored.refreshToken,
			now,
		});
		const refreshToken = tokens.refreshToken ?? stored.refreshToken;
		await store(tables, accountId, { tokens: { ...tokens, refreshToken } });
		return tokens.accessToken;
	} catch (error) {
		if (!(error instanceof ServiceError) || error.problem !== 'oauth-lost') throw error;
		// Another process may have renewed it a moment ago, which made this refresh token void.
		const latest = openTokens(tables, await accountRow(tables, accountId));
		if (latest && latest.accessToken !== stored.accessToken) return latest.accessToken;
		throw await lost(tables, account, error.message);
	}
}

async function distrust(tables: Tables, accountId: number): Promise<void> {
	const account = await accountRow(tables, accountId);
	const stored = openTokens(tables, account);
	if (!stored) return;
	// What is lost stays lost until it is given again: only the next refresh can tell otherwise.
	const problem = account.oauth_problem;
	await store(tables, accountId, { tokens: { ...stored, expiresAt: new Date(0) }, problem });
}

async function lost(tables: Tables, account: AccountRow, message: string): Promise<ServiceError> {
	await tables.db
		.updateTable('accounts')
		.set({ oauth_problem: message })
		.where('site_id', '=', tables.siteId)
		.where('id', '=', account.id)
		.execute();
	return new ServiceError('mailbox-trouble', message, { problem: 'oauth-lost' });
}

async function store(
	{ db, siteId, secrets }: Tables,
	accountId: number,
	{
		tokens,
		grantedAt,
		problem = null,
	}: { tokens: Tokens | null; grantedAt?: Date | null; problem?: string | null },
): Promise<void> {
	const plain: StoredTokens | null = tokens && {
		accessToken: tokens.accessToken,
		refreshToken: tokens.refreshToken,
		expiresAt: tokens.expiresAt.getTime(),
	};
	await db
		.updateTable('accounts')
		.set({
			oauth_tokens: plain && secrets.seal(JSON.stringify(plain), oauthPlace(siteId, accountId)),
			oauth_problem: problem,
			...(grantedAt === undefined ? {} : { oauth_granted_at: grantedAt?.getTime() ?? null }),
		})
		.where('site_id', '=', siteId)
		.where('id', '=', accountId)
		.execute();
}

async function accountRow({ db, siteId }: Tables, id: number): Promise<AccountRow> {
	const row = await db
		.selectFrom('accounts')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('id', '=', id)
		.executeTakeFirst();
	if (!row)
		throw new ServiceError('not-found', 'There is no such mail account; it may have been deleted.');
	return row;
}

function openTokens({ siteId, secrets }: Tables, account: AccountRow): StoredTokens | undefined {
	if (!account.oauth_tokens) return undefined;
	const opened = opening(account, () =>
		secrets.open(account.oauth_tokens ?? '', oauthPlace(siteId, account.id)),
	);
	return JSON.parse(opened) as StoredTokens;
}

function openClientSecret({ siteId, secrets }: Tables, account: AccountRow): string {
	const sealed = account.client_secret;
	return sealed ? opening(account, () => secrets.open(sealed, oauthPlace(siteId, account.id))) : '';
}

function opening(account: AccountRow, open: () => string): string {
	try {
		return open();
	} catch (cause) {
		throw new ServiceError(
			'mailbox-trouble',
			`What is stored for “${account.name}” cannot be opened, because the service's secret was changed. Authorise it again.`,
			{ cause, problem: 'password-lost' },
		);
	}
}

/** What secrets of OAuth2 are sealed to. */
export function oauthPlace(siteId: string, accountId: number): string {
	return `oauth site=${siteId};account=${accountId}`;
}

function hashOf(state: string): string {
	return createHash('sha256').update(state).digest('hex');
}
