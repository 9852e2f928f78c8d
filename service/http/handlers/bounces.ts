import { ServiceError } from '../../errors.ts';
import { parseMessage } from '../../messages/parse-message.ts';
import type { StoredBounce } from '../../report/report.ts';
import type { Site } from '../../site.ts';
import type { HandlersOf } from './handler.ts';

type BounceRoutes = 'listBounces' | 'countBounces' | 'getBounce' | 'getRawMail' | 'takeBackBounce';

/** Text that the detail page shows; the raw mail has the rest. */
const longestText = 20_000;

export const bounceHandlers: HandlersOf<BounceRoutes> = {
	listBounces: ({ site }, filters) => site.report.listBounces(filters),
	countBounces: ({ site }, filters) => site.report.bounceFacets(filters),
	getBounce: ({ site }, { id }) => detail(site, id),

	getRawMail: async ({ site }, { id }) => {
		const { fingerprint } = await stored(site, id);
		const raw = await site.report.rawMail(fingerprint);
		if (!raw)
			throw new ServiceError(
				'not-found',
				'The raw mail is no longer kept: it was deleted after its time.',
			);
		return raw;
	},

	takeBackBounce: async ({ site, caller }, { id }) => {
		const { email } = await stored(site, id);
		await site.inTransaction(async (inside) => {
			const at = inside.now();
			const because = `It does not count: ${caller.userName} took it back.`;
			if (!(await inside.report.takeBackBounce(id, because, at))) {
				throw new ServiceError('conflict', 'This bounce was taken back already.');
			}
			const released = await inside.crm.takeBackHold(id, caller.userName, at);
			const what = `Took back bounce ${id} of ${email}${released ? ' and with it the hold it had caused' : ''}.`;
			await inside.audit.note(caller.userName, what, at);
		});
		return detail(site, id);
	},
};

async function stored(site: Site, id: number): Promise<StoredBounce> {
	const bounce = await site.report.bounce(id);
	if (!bounce)
		throw new ServiceError('not-found', 'There is no such bounce; it may have been deleted.');
	return bounce;
}

async function detail(site: Site, id: number) {
	const { fingerprint, ...bounce } = await stored(site, id);
	const raw = await site.report.rawMail(fingerprint);
	const text = raw ? parseMessage(Buffer.from(raw.raw, 'latin1'), raw.sizeBytes).text : '';
	return { ...bounce, humanText: text.slice(0, longestText) };
}
