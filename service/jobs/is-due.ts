import type { Frequency } from '../contract/job.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const fixed: Partial<Record<Frequency, number>> = {
	always: 0,
	hourly: hour,
	daily: day,
	weekly: 7 * day,
};
const months: Partial<Record<Frequency, number>> = { monthly: 1, quarterly: 3, yearly: 12 };

/** When a job is due again after a run. "Every time cron runs" is at once; a month later is the same day of the month,
 *  or its last one. Counted in UTC. */
export function nextRunAfter(lastRunAt: Date, frequency: Frequency): Date {
	const ms = fixed[frequency];
	if (ms !== undefined) return new Date(lastRunAt.getTime() + ms);

	const next = new Date(lastRunAt);
	const dayOfMonth = next.getUTCDate();
	next.setUTCDate(1);
	next.setUTCMonth(next.getUTCMonth() + (months[frequency] ?? 1));
	const lastDay = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate();
	next.setUTCDate(Math.min(dayOfMonth, lastDay));
	return next;
}

/** Whether a job is to run now. Cron is never on the second, so half a minute early counts as on time. */
export function isDue(frequency: Frequency, lastRunAt: Date | undefined, now: Date): boolean {
	if (!lastRunAt) return true;
	return now.getTime() + minute / 2 >= nextRunAfter(lastRunAt, frequency).getTime();
}
