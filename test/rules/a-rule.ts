import { join } from 'node:path';
import { undoDeeds } from '../../service/act/undo-deeds.ts';
import type { Rule, RuleFields } from '../../service/contract/rule.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import type { Site } from '../../service/site.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { sendMailingTo } from '../support/a-mailing.ts';
import type { TestBench } from '../support/a-site.ts';
import { aSite } from '../support/a-site.ts';
import type { MaildirOnDisk } from '../support/maildir-on-disk.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';

/** The fields of a rule, with everything that a test is not about supplied. */
export function ruleFields(fields: Partial<RuleFields>): RuleFields {
	return {
		expression: 'User unknown',
		looksIn: 'everything',
		actions: ['unconfirm-subscriber'],
		state: 'active',
		comment: '',
		...fields,
	};
}

/** A rule as if it were stored. */
export function aRule(fields: Partial<Rule>): Rule {
	return {
		...ruleFields(fields),
		id: 1,
		position: 1,
		revision: 1,
		hits: 0,
		lastHitAt: null,
		problem: null,
		origin: 'by-hand',
		changedAt: '2026-05-05T10:00:00.000Z',
		...fields,
	};
}

/** Adds a rule to a site. */
export function addRule(site: Site, fields: Partial<RuleFields>): Promise<Rule> {
	return site.rules.add(ruleFields(fields), 'by-hand', site.now());
}

/** A site whose bounces come from a Maildir. */
export async function aSiteWithInbox(): Promise<TestBench & { inbox: MaildirOnDisk }> {
	const bench = await aSite();
	const inbox = maildirOnDisk(join(bench.folder, 'Maildir'));
	inbox.deliver();
	await bench.site.accounts.add(aMaildirAccount(inbox.path));
	return { ...bench, inbox };
}

/** Reads the inbox to its end. @returns the run's sentence and number. */
export async function fetchBounces(site: Site) {
	const { run } = await runJob(site, 'fetch_bounces', { trigger: 'by-hand' });
	return run;
}

/** How a contact stands, in a word. */
export async function standingOf(site: Site, contactId: number): Promise<string> {
	const [contact] = await site.crm.contactStandings([contactId]);
	return contact?.isDeleted ? 'deleted' : (contact?.status ?? 'gone');
}

export const closed = { status: '5.2.1', diagnostic: '550 5.2.1 The box was closed' };
export const full = { status: '4.2.2', diagnostic: '452 4.2.2 Mailbox full' };

/** A site whose one rule acts on closed boxes, and Anna, whose box is closed. */
export async function aSiteWithRule(fields: Partial<RuleFields>) {
	const bench = await aSiteWithInbox();
	const rule = await addRule(bench.site, { expression: 'box was closed', ...fields });
	const [anna] = await sendMailingTo(bench.site, 'anna@dest.example');
	return { ...bench, rule, anna: anna! };
}

export async function undo(site: Site, choice: Parameters<typeof undoDeeds>[0], who = 'Carla') {
	return site.inTransaction((inside) => undoDeeds(choice, { who, at: inside.now() }, inside));
}

export async function apply(site: Site, options: { isDryRun?: boolean; ruleId?: number } = {}) {
	const { isDryRun = false, ruleId } = options;
	const parameters = ruleId === undefined ? {} : { ruleId };
	const started = { trigger: 'by-hand' as const, isDryRun, parameters };
	return (await runJob(site, 'apply_bounce_rules', started)).run;
}

export async function held(site: Site): Promise<string[]> {
	return (await site.crm.listOnHold({})).rows.map(({ email }) => email);
}
