import type { Frequency, Job, JobName, JobRun, RunState, RunTrigger } from '../contract/job.ts';
import type { Request } from '../contract/messages.ts';
import type { Page } from '../contract/page.ts';

/** A site's jobs: their schedule, who runs which now, and the log of the runs. */
export interface JobBook {
	list(now: Date): Promise<Job[]>;
	change(name: JobName, change: { frequency: Frequency; isEnabled: boolean }): Promise<void>;
	due(now: Date): Promise<JobName[]>;
	/** Since when jobs wait to be started although nobody keeps them from it; undefined when none does. Then no clock runs. */
	overdueSince(now: Date): Promise<Date | undefined>;

	/** Takes the lease of a job and opens a run. One run at a time: whoever comes second is told which one it is.
	 *  A run whose process is gone, or that has not been heard of for `leaseMs`, is taken over and marked crashed.
	 *  @param accountId the only account that the run is to read */
	claim(
		name: JobName,
		trigger: RunTrigger,
		now: Date,
		accountId?: number,
	): Promise<(Claim & { run: JobRun }) | { heldBy: JobRun }>;
	/** Says that the run goes on. In the transaction of a window it also makes sure that nobody took over meanwhile.
	 *  @throws LeaseLost */
	renew(
		claim: Claim,
		progress: { done: number; total: number } | undefined,
		now: Date,
	): Promise<void>;
	/** Ends the run.
	 *  @param found isQuiet: it found nothing new. Then it takes the place of the quiet run before it that said the same, so that the log
	 *  tells what happened and not how often nothing did. */
	finish(
		claim: Claim,
		state: RunState,
		sentence: string,
		now: Date,
		found?: { isQuiet: boolean },
	): Promise<void>;
	note(
		claim: Claim,
		level: JobRun['log'][number]['level'],
		sentence: string,
		now: Date,
	): Promise<void>;

	runs(filters: Partial<Request<'listRuns'>>): Promise<Page<JobRun>>;
	run(id: number): Promise<JobRun | undefined>;
	/** Deletes runs that ended before. @returns how many. */
	purgeRuns(before: Date): Promise<number>;
}

/** The right to run a job, as long as nobody took it over. */
export interface Claim {
	name: JobName;
	runId: number;
	fence: number;
	/** The run of this job that was before; null when it is the first. */
	previousRunId: number | null;
}

export interface RunParameters {
	/** Apply Bounce Rules: only this rule. */
	ruleId?: number;
	/** Fetch Bounces, Process Incoming Emails: first bring back what was ignored. */
	ignoredAgain?: boolean;
	/** The same jobs: only this account. */
	accountId?: number;
	/** File Mails Again: only these mails, by their numbers in the mail log. */
	journalIds?: number[];
}

/** Whether nobody sits and waits for a run. */
export function isByItself(trigger: RunTrigger): boolean {
	return trigger !== 'by-hand' && trigger !== 'command-line';
}

/** What a job is told about its run. */
export interface RunContext {
	claim: Claim;
	/** Who started it. */
	trigger: RunTrigger;
	/** Look and say what would be done; do nothing. */
	isDryRun: boolean;
	/** What whoever started it asked for besides. */
	parameters: RunParameters;
	/** A line for the job log. */
	note(level: JobRun['log'][number]['level'], sentence: string): Promise<void>;
}

/** Another process took the job over; what this one was about to write is not written. */
export class LeaseLost extends Error {
	constructor(name: JobName) {
		super(`Another process took over ${name}; this run stops.`);
		this.name = 'LeaseLost';
	}
}
