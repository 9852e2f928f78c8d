import type { Generated, Selectable } from 'kysely';
import type { ContactStatus, HoldKind } from '../contract/address.ts';
import type { Authentication } from '../contract/oauth.ts';
import type { AccountUse, Protocol, Security } from '../contract/account.ts';
import type { Fault, MailKind, MatchedBy, Trust } from '../contract/bounce.ts';
import type { Frequency, JobName, RunState, RunTrigger } from '../contract/job.ts';
import type { LookPlace, RuleAction, RuleOrigin, RuleState } from '../contract/rule.ts';
import type { IgnoredBecause } from '../contract/activity.ts';
import type { CatalogueTables } from './catalogue-tables.ts';
import type { PeopleTables } from './people-tables.ts';

/** The tables as the code sees them; `migrations/` makes them. Every row belongs to a site; moments (`…_at`) are
 *  milliseconds since 1970 in UTC, truths are 0 or 1, so that SQLite and MariaDB agree. */
export interface Tables extends CatalogueTables, PeopleTables {
	sites: SitesTable;
	accounts: AccountsTable;
	contacts: ContactsTable;
	addresses: AddressesTable;
	contact_groups: GroupsTable;
	group_members: GroupMembersTable;
	mailings: MailingsTable;
	deliveries: DeliveriesTable;
	bounces: BouncesTable;
	raw_mails: RawMailsTable;
	journal: JournalTable;
	hold_history: HoldHistoryTable;
	releases: ReleasesTable;
	jobs: JobsTable;
	runs: RunsTable;
	run_log: RunLogTable;
	settings: SettingsTable;
	audit: AuditTable;
	nonces: NoncesTable;
	oauth_requests: OAuthRequestsTable;
	rules: RulesTable;
	rule_deeds: RuleDeedsTable;
	do_not_send: DoNotSendTable;
	seen_uidls: SeenUidlsTable;
}

interface SitesTable {
	id: string;
	name: string;
	url: string;
	admin_email: string;
	created_at: number;
}

interface AccountsTable {
	id: Generated<number>;
	site_id: string;
	name: string;
	used_for: AccountUse;
	protocol: Protocol;
	server: string;
	port: number | null;
	security: Security;
	verify_certificate: number;
	user_name: string;
	/** Encrypted; see settings/secrets.ts. */
	password: string | null;
	local_part: string;
	email_domain: string;
	/** Between the fields of return addresses; `separator` alone is a reserved word in MariaDB. */
	separator_sign: string;
	return_path: string;
	source: string;
	filing_folder: string;
	/** JSON of FilingOptions; what is missing is as documented. */
	filing: Generated<string>;
	authentication: Generated<Authentication>;
	/** JSON of OAuthFields; what is missing is as usual. */
	oauth: Generated<string>;
	/** Encrypted, as are the tokens. */
	client_secret: Generated<string | null>;
	oauth_tokens: Generated<string | null>;
	oauth_granted_at: Generated<number | null>;
	oauth_problem: Generated<string | null>;
	is_active: number;
	is_default: number;
	last_read_at: number | null;
	last_problem: string | null;
	/** Readings that failed one after the other. */
	failures: Generated<number>;
	failing_since: Generated<number | null>;
	next_try_at: Generated<number | null>;
	as_mail_arrives: Generated<number>;
	purge_processed: Generated<number>;
	purge_unprocessed: Generated<number>;
}

/** Mails that were filed and may still lie in a mailbox without folders. */
interface SeenUidlsTable {
	site_id: string;
	account_id: number;
	/** The bytes of the UIDL (RFC 1939 §7) as hexadecimal digits. */
	uidl_hex: string;
	filed_under: 'processed' | 'ignored';
}

interface ContactsTable {
	id: Generated<number>;
	site_id: string;
	kind: 'Individual' | 'Organization' | 'Household';
	display_name: string;
	first_name: string;
	last_name: string;
	/** The WordPress user this contact is kept in step with. */
	wp_user_id: number | null;
	/** The last bulk sync that named the user. */
	sync_id: string | null;
	created_at: number;
	status: Generated<ContactStatus>;
	/** Deleted contacts stay, so that deleting can be undone. */
	deleted_at: Generated<number | null>;
	employer: Generated<string>;
	/** Lower case, "last, first" or the name: what the list is sorted by. */
	sort_name: Generated<string>;
	do_not_email: Generated<number>;
	is_opted_out: Generated<number>;
	is_deceased: Generated<number>;
	note: Generated<string>;
	source: Generated<string>;
	changed_at: Generated<number>;
	merged_into: Generated<number | null>;
	/** The latest mail filed with it. */
	last_mail_at: Generated<number | null>;
	/** Filed mails it has part in, without those in the trash; kept by triggers. */
	mails: Generated<number>;
}

interface AddressesTable {
	id: Generated<number>;
	site_id: string;
	contact_id: number;
	/** As the person writes it. */
	email: string;
	/** Lower case: what is compared. */
	email_key: string;
	domain: string;
	is_primary: number;
	is_bulk: Generated<number>;
	/** Null: gets mail. */
	hold: HoldKind | null;
	held_at: number | null;
	hold_type: string | null;
	hold_because: string | null;
	hold_bounce_id: number | null;
	/** Bounces before this moment no longer count: the last release. */
	count_since: number;
}

interface GroupsTable {
	id: Generated<number>;
	site_id: string;
	name: string;
	description: Generated<string>;
	is_mailing_list: number;
}

interface GroupMembersTable {
	site_id: string;
	group_id: number;
	contact_id: number;
	/** The WordPress role that put it there and takes it out again; null: somebody did. */
	by_role: Generated<string | null>;
}

interface MailingsTable {
	id: Generated<number>;
	site_id: string;
	name: string;
	subject: string;
	sent_at: number | null;
}

interface DeliveriesTable {
	/** The queue number of its return address. */
	id: Generated<number>;
	site_id: string;
	mailing_id: number | null;
	/** The job number of its return address. */
	job: number;
	address_id: number;
	/** 16 hexadecimal digits nobody can guess. */
	hash: string;
	/** Without angle brackets, lower case. */
	message_id: string | null;
	sent_at: number;
}

interface BouncesTable {
	id: Generated<number>;
	site_id: string;
	/** The mail it came in; with `position` the key that makes it count once. */
	fingerprint: string;
	/** Which recipient of that mail, from 0. */
	position: number;
	account_id: number;
	run_id: number | null;
	recorded_at: number;
	kind: MailKind;
	email: string;
	address_id: number | null;
	delivery_id: number | null;
	mailing_id: number | null;
	type: string;
	reason: string;
	fault: Fault;
	status: string | null;
	reply_code: number | null;
	diagnostic: string | null;
	reporting_server: string | null;
	decided_by: string;
	evidence: string | null;
	is_recognised: number;
	trust: Trust;
	matched_by: MatchedBy;
	counts: number;
	/** Why it counts or does not. */
	counting: string;
	caused_hold: number;
	because: string;
	taken_back_at: number | null;
	/** The rule that caught it, in the revision that did. */
	rule_id: Generated<number | null>;
	rule_revision: Generated<number | null>;
	/** A rule deleted it: it is in no list and counts no more, and stays so that deleting can be undone. */
	deleted_at: Generated<number | null>;
}

interface RawMailsTable {
	site_id: string;
	fingerprint: string;
	/** Deflated (RFC 1951). */
	bytes: Uint8Array;
	size_bytes: number;
	is_truncated: number;
	stored_at: number;
}

interface JournalTable {
	id: Generated<number>;
	site_id: string;
	account_id: number;
	fingerprint: string;
	run_id: number | null;
	at: number;
	kind: MailKind | null;
	subject: string;
	sender: string;
	outcome: JournalOutcome;
	because: string;
	file_under: 'processed' | 'ignored' | null;
	/** How often this mail failed; after some it is set aside. */
	failures: number;
	ignored_because: Generated<IgnoredBecause | null>;
	/** Lower case, without angle brackets. */
	message_id: Generated<string | null>;
	activity_id: Generated<number | null>;
}

/** acted: something was recorded; ignored: nothing to do; failed: still in the mailbox, tried again; set-aside: failed too often. */
export type JournalOutcome = 'acted' | 'ignored' | 'failed' | 'set-aside';

interface HoldHistoryTable {
	id: Generated<number>;
	site_id: string;
	address_id: number;
	at: number;
	what: 'held' | 'released' | 'release-undone' | 'hold-taken-back';
	hold: HoldKind;
	type: string | null;
	because: string | null;
	bounce_id: number | null;
	release_id: number | null;
	/** Name of the user, or "Fetch Bounces". */
	who: string;
	/** What it was before, so that a release can be undone. */
	earlier_held_at: number | null;
	earlier_count_since: number | null;
}

interface ReleasesTable {
	id: Generated<number>;
	site_id: string;
	at: number;
	who: string;
	released: number;
	left_alone: number;
	undone_at: number | null;
}

interface JobsTable {
	site_id: string;
	name: JobName;
	frequency: Frequency;
	is_enabled: number;
	last_run_at: number | null;
	lease_owner: string | null;
	lease_until: number | null;
	/** Grows with every claim; who holds an older number has lost the lease. */
	fence: number;
	run_id: number | null;
}

interface RunsTable {
	id: Generated<number>;
	site_id: string;
	job: JobName;
	triggered_by: RunTrigger;
	state: RunState;
	started_at: number;
	ended_at: number | null;
	done: number;
	total: number | null;
	sentence: string;
	/** The only account it reads. */
	account_id: Generated<number | null>;
	/** So many runs that found nothing new does this one stand for, itself among them; 0 for all others. */
	quiet_times: Generated<number>;
	quiet_since: Generated<number | null>;
}

interface RunLogTable {
	id: Generated<number>;
	site_id: string;
	run_id: number;
	at: number;
	level: 'info' | 'warning' | 'error';
	sentence: string;
}

interface SettingsTable {
	site_id: string;
	name: string;
	/** JSON. */
	value: string;
}

interface AuditTable {
	id: Generated<number>;
	site_id: string;
	at: number;
	who: string;
	what: string;
}

interface NoncesTable {
	site_id: string;
	nonce: string;
	seen_at: number;
}

/** An owner who was sent to a provider and is not back yet. */
interface OAuthRequestsTable {
	site_id: string;
	/** SHA-256 of the state that comes back with the owner. */
	state_hash: string;
	account_id: number;
	/** Encrypted. */
	verifier: string;
	redirect_url: string;
	asked_at: number;
}

interface RulesTable {
	id: Generated<number>;
	site_id: string;
	position: number;
	expression: string;
	looks_in: LookPlace;
	/** JSON list of RuleAction. */
	actions: string;
	state: RuleState;
	comment: string;
	revision: number;
	problem: string | null;
	origin: RuleOrigin;
	/** Which rule of the starter set it is; null for others. */
	starter: string | null;
	changed_at: number;
}

interface RuleDeedsTable {
	id: Generated<number>;
	site_id: string;
	bounce_id: number;
	rule_id: number;
	revision: number;
	action: RuleAction;
	run_id: number | null;
	at: number;
	who: string;
	contact_id: number | null;
	address_id: number | null;
	email: string;
	/** What was changed: "status 70", "hold 7" … */
	target: string;
	before: string;
	after: string;
	because: string;
	undone_at: number | null;
	undone_by: string | null;
}

interface DoNotSendTable {
	id: Generated<number>;
	site_id: string;
	/** Lower case. */
	email: string;
	added_at: number;
	who: string;
	because: string;
}

export type ContactRow = Selectable<ContactsTable>;
export type AddressRow = Selectable<AddressesTable>;
export type BounceRow = Selectable<BouncesTable>;
export type RunRow = Selectable<RunsTable>;
export type JobRow = Selectable<JobsTable>;
export type AccountRow = Selectable<AccountsTable>;
export type RuleRow = Selectable<RulesTable>;
export type DeedRow = Selectable<RuleDeedsTable>;
