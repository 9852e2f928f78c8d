/** Scheduled jobs (requirement J1). */

import type { AccountUse } from './account.ts';

export const jobNames = [
	'fetch_bounces',
	'process_incoming_emails',
	'apply_bounce_rules',
	'judge_mails_again',
	'file_mails_again',
	'import_contacts',
	'clean_up',
] as const;
export type JobName = (typeof jobNames)[number];

/** Which job reads an account. */
export const readers: Readonly<Record<AccountUse, JobName>> = {
	bounces: 'fetch_bounces',
	activities: 'process_incoming_emails',
};

/** What accounts a job reads are for; undefined when it reads no mailboxes. */
export function readsAccountsFor(job: JobName): AccountUse | undefined {
	if (job === readers.bounces) return 'bounces';
	return job === readers.activities ? 'activities' : undefined;
}

export const frequencies = [
	'always',
	'hourly',
	'daily',
	'weekly',
	'monthly',
	'quarterly',
	'yearly',
] as const;
export type Frequency = (typeof frequencies)[number];

export const runTriggers = ['by-hand', 'clock', 'wp-cron', 'command-line', 'mail-arrived'] as const;
export type RunTrigger = (typeof runTriggers)[number];

export const runStates = ['running', 'done', 'failed', 'crashed', 'refused'] as const;
export type RunState = (typeof runStates)[number];

export interface Job {
	name: JobName;
	/** "Fetch Bounces". */
	label: string;
	description: string;
	frequency: Frequency;
	isEnabled: boolean;
	/** ISO 8601; null when it never ran. */
	lastRunAt: string | null;
	lastRun: JobRun | null;
	/** ISO 8601; null when disabled. */
	nextDueAt: string | null;
	running: JobRun | null;
	/** False: a site setting forbids to start it by hand, so Execute Now is not shown (requirement E6). */
	byHand: boolean;
}

export interface JobRun {
	id: number;
	job: JobName;
	trigger: RunTrigger;
	state: RunState;
	startedAt: string;
	endedAt: string | null;
	/** The only account that it reads; null when it reads all that its job is for. */
	accountId: number | null;
	/** Mails dealt with so far, and how many waited at the start (null while unknown). */
	done: number;
	total: number | null;
	/** "60 mails read: 41 bounces recorded, 12 addresses held, 19 mails ignored." */
	sentence: string;
	/** One line an account or a problem, oldest first. */
	log: { at: string; level: 'info' | 'warning' | 'error'; sentence: string }[];
}

/** The answer to "Execute Now": either it runs, or somebody else's run already does. */
export interface RunStarted {
	run: JobRun;
	/** True when this request started it; false when it was running already. */
	isOurs: boolean;
	sentence: string;
}
