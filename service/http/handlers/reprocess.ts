import { previewReprocess } from '../../reprocess/preview.ts';
import {
	askForReprocess,
	listReprocessings,
	reprocessing,
	undoReprocess,
} from '../../reprocess/reprocess.ts';
import { startByHand } from '../start-by-hand.ts';
import type { HandlersOf } from './handler.ts';

type ReprocessRoutes =
	'previewReprocess' | 'startReprocess' | 'listReprocessings' | 'getReprocessing' | 'undoReprocess';

export const reprocessHandlers: HandlersOf<ReprocessRoutes> = {
	previewReprocess: ({ site }, selection) => previewReprocess(site, selection),

	startReprocess: async ({ site, caller, watch }, selection) => {
		const asked = await askForReprocess(site, selection, caller.userName);
		await startByHand(site, 'judge_mails_again', {
			who: caller.userName,
			isDryRun: false,
			watch,
		});
		return asked;
	},

	listReprocessings: ({ site }, filters) => listReprocessings(site, filters),
	getReprocessing: ({ site }, { id }) => reprocessing(site, id),
	undoReprocess: ({ site, caller }, { id }) => undoReprocess(site, id, caller.userName),
};
