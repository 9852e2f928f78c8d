import { separators } from '../contract/account.ts';
import type { Account } from '../contract/account.ts';
import { usualFiling } from '../contract/activity.ts';
import type { FilingOptions } from '../contract/activity.ts';
import type { Request } from '../contract/messages.ts';
import type { Authorisation } from '../contract/oauth.ts';
import type { AccountRow } from '../db/schema.ts';
import { oauthFieldsOf } from './authorisations.ts';

/** What an administrator fills in, secrets included. */
export type AccountForm = Request<'addAccount'>;

/** An account as its table has it; the password and the client's secret are stored apart. */
export function toColumns(fields: Omit<AccountForm, 'password' | 'clientSecret'>) {
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

/** An account as people and jobs see it. */
export function toAccount(row: AccountRow): Account {
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
		failingSince: row.failing_since === null ? null : new Date(row.failing_since).toISOString(),
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
