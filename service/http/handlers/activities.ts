import { ServiceError } from '../../errors.ts';
import type { StoredActivity } from '../../crm/activity-book.ts';
import type { Site } from '../../site.ts';
import { inARow } from '../../words.ts';
import { editingOf, mayUndo, readable } from './activity-detail.ts';
import type { Desk, HandlersOf } from './handler.ts';
import { attachmentFile, mailFile } from './mail-files.ts';

type ActivityRoutes =
	| 'listActivities'
	| 'getActivity'
	| 'changeActivity'
	| 'deleteActivities'
	| 'undoActivityDeed'
	| 'downloadAttachment'
	| 'downloadActivity';

export const activityHandlers: HandlersOf<ActivityRoutes> = {
	listActivities: ({ site }, filters) => site.activities.list(filters),
	getActivity: (desk, { id, remote }) => detail(desk, id, remote),

	changeActivity: async (desk, { text, occurredAt, ...change }) => {
		const { site, caller } = desk;
		const { fullText } = await stored(site, change.id);
		if (text !== undefined && text !== fullText && editingOf(caller) !== 'all')
			throw new ServiceError(
				'not-allowed',
				'Your WordPress role allows to edit everything but the text of the original mail.',
				{ problem: 'content-not-allowed' },
			);
		await site.inTransaction(async (inside) => {
			const at = inside.now();
			const wanted = { ...change, text, occurredAt: new Date(occurredAt) };
			const changed = await inside.activities.change(wanted, caller, at);
			if (changed.length === 0) return;
			const what = `Edited the ${inARow(changed)} of filed mail ${change.id}.`;
			await inside.audit.note(caller.userName, what, at);
		});
		return detail(desk, change.id, false);
	},

	deleteActivities: ({ site, caller }, { ids }) =>
		site.inTransaction(async (inside) => {
			const at = inside.now();
			const report = await inside.activities.delete(ids, caller.userName, at);
			await inside.audit.note(caller.userName, `Filed mail: ${report.sentence}`, at);
			return report;
		}),

	undoActivityDeed: ({ site, caller }, { id }) =>
		site.inTransaction(async (inside) => {
			const deed = await inside.activities.deed(id);
			if (deed && !mayUndo(deed, caller))
				throw new ServiceError(
					'not-allowed',
					'Your WordPress role allows to undo only what you edited yourself.',
					{ problem: 'not-your-deed' },
				);
			const at = inside.now();
			const report = await inside.activities.undo(id, caller.userName, at);
			await inside.audit.note(
				caller.userName,
				`Undid deed ${id} on filed mail: ${report.sentence}`,
				at,
			);
			return report;
		}),

	downloadAttachment: async ({ site }, { id }) => {
		const file = await site.activities.attachment(id);
		if (!file)
			throw new ServiceError('not-found', 'There is no such attachment; its mail may be deleted.');
		return attachmentFile(site, file);
	},

	downloadActivity: async ({ site }, { id }) => {
		const { fingerprint, subject } = await stored(site, id);
		return mailFile(site, fingerprint, subject);
	},
};

async function stored(site: Site, id: number): Promise<StoredActivity> {
	const activity = await site.activities.get(id);
	if (!activity)
		throw new ServiceError('not-found', 'There is no such mail; it may have been deleted.');
	return activity;
}

async function detail({ site, caller }: Desk, id: number, remote: boolean) {
	const settings = await site.filingSettings.read();
	return readable(await stored(site, id), { remote, caller, settings, blobs: site.blobs });
}
