import { ServiceError } from '../../errors.ts';
import type { Answers } from '../../contract/messages.ts';
import type { RunStarted } from '../../contract/job.ts';
import { askForReprocess } from '../../reprocess/reprocess.ts';
import type { OutcomeChoice, StoredOutcome } from '../../report/outcomes.ts';
import type { Site } from '../../site.ts';
import { counted } from '../../words.ts';
import { startByHand } from '../start-by-hand.ts';
import type { Desk, HandlersOf } from './handler.ts';
import { mailFile } from './mail-files.ts';
import { whyNotFiled } from './why-not-filed.ts';

type OutcomeRoutes =
	| 'listOutcomes'
	| 'countOutcomes'
	| 'getOutcome'
	| 'downloadOutcome'
	| 'refileMails'
	| 'whyNotFiled';

/** Mails that are dealt with again at once; a filter that finds more takes the newest. */
const mostAgain = 10_000;
/** Mails that an answer to "why was it not filed?" shows. */
const mostMeant = 10;

export const outcomeHandlers: HandlersOf<OutcomeRoutes> = {
	listOutcomes: ({ site }, filters) => site.outcomes.list(filters),
	countOutcomes: ({ site }, filters) => site.outcomes.facets(filters),

	getOutcome: async ({ site }, { id }) => {
		const { fingerprint: _, ...outcome } = await stored(site, id);
		return outcome;
	},

	downloadOutcome: async ({ site }, { id }) => {
		const { fingerprint, subject } = await stored(site, id);
		return mailFile(site, fingerprint, subject);
	},

	refileMails: (desk, choice) => dealWithAgain(desk, choice),

	whyNotFiled: async ({ site }, { search }) => {
		const outcomes = await site.outcomes.meant(search, mostMeant);
		const sentence = whyNotFiled(
			search,
			outcomes,
			await site.accounts.list(),
			await site.outcomes.firstSeenAt(),
		);
		return { sentence, outcomes };
	},
};

async function stored(site: Site, id: number): Promise<StoredOutcome> {
	const outcome = await site.outcomes.get(id);
	if (!outcome)
		throw new ServiceError('not-found', 'There is no such mail in the log; old ones are deleted.');
	return outcome;
}

/** Mails of accounts for activities are filed again, those of the account for bounces are judged again. */
async function dealWithAgain(
	{ site, caller, watch }: Desk,
	choice: OutcomeChoice,
): Promise<Answers['refileMails']> {
	const all = await site.outcomes.chosen(choice, mostAgain);
	const kept = all.filter(({ hasRaw }) => hasRaw);
	if (kept.length === 0)
		throw new ServiceError(
			'not-found',
			'None of these mails is still kept, so none can be dealt with again. A mail that waits in its mailbox is tried again in the next run.',
		);
	const idsOf = (use: StoredOutcome['usedFor']) =>
		kept.flatMap(({ id, usedFor }) => (usedFor === use ? [id] : []));
	const toFile = idsOf('activities');
	const toJudge = idsOf('bounces');
	const asker = { who: caller.userName, isDryRun: false, watch };

	const runs: RunStarted[] = [];
	if (toJudge.length > 0) {
		await askForReprocess(site, { mailIds: toJudge }, caller.userName);
		runs.push(await startByHand(site, 'judge_mails_again', asker));
	}
	if (toFile.length > 0)
		runs.push(
			await startByHand(site, 'file_mails_again', {
				...asker,
				parameters: { journalIds: toFile },
			}),
		);
	const gone = all.length - kept.length;
	const leftOut =
		gone > 0
			? `${counted(gone, 'mail is not kept any more and stays as it is', 'mails are not kept any more and stay as they are')}.`
			: null;
	return { runs, leftOut };
}
