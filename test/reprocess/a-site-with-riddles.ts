import assert from 'node:assert/strict';
import type { ReprocessSelection } from '../../service/contract/reprocess.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { askForReprocess, reprocessing } from '../../service/reprocess/reprocess.ts';
import type { Site } from '../../service/site.ts';
import { aBounce, aLetter } from '../support/a-bounce.ts';
import { aFetchingSite } from '../support/a-fetching-site.ts';
import type { FetchingBench } from '../support/a-fetching-site.ts';
import { sendMailingTo } from '../support/a-mailing.ts';

/** Words that nobody knows; a pattern of the site's own may. */
export const riddle = { status: '5.0.0', diagnostic: '550 Zwirbel 77' };

/** Anna's bounce is not understood, Bert's puts him on hold, and one letter is none. */
export async function aSiteWithRiddles() {
	const bench = await aFetchingSite();
	const [anna, bert] = await sendMailingTo(bench.site, 'anna@dest.example', 'bert@dest.example');
	const sentence = await bench.fetch(
		aBounce({ ...riddle, returnAddress: anna!.returnAddress }),
		aBounce({ returnAddress: bert!.returnAddress }),
		aLetter(),
	);
	return { ...bench, anna: anna!, bert: bert!, sentence };
}

/** From now on the words are those of an unknown user. */
export async function learn(site: Site) {
	await site.patterns.add({ typeId: 6, expression: 'zwirbel \\d+', reason: 'user-unknown' });
}

/** Asks for mails to be judged again and lets the job do it. */
export async function judgeAgain(bench: FetchingBench, selection: ReprocessSelection = {}) {
	const { id } = await askForReprocess(await bench.now(), selection, 'Anna Berg');
	const { run } = await runJob(await bench.now(), 'judge_mails_again', { trigger: 'by-hand' });
	assert.equal(run.state, 'done', run.sentence);
	return { id, sentence: run.sentence, asked: await reprocessing(bench.site, id) };
}

/** Who is on hold. */
export async function held(site: Site): Promise<string[]> {
	return (await site.crm.listOnHold({ orderby: 'email', order: 'asc' })).rows.map(
		({ email }) => email,
	);
}

/** The bounces in the list: address, type, reason, whether it counts, whether it caused a hold. */
export async function bouncesOf(site: Site) {
	const { rows } = await site.report.listBounces({ orderby: 'email', order: 'asc' });
	return rows.map(({ email, type, reason, countsTowardHold, causedHold }) =>
		[email, type, reason, countsTowardHold, causedHold].join(' '),
	);
}
