import type { Overview } from '../../contract/activity.ts';
import type { Site } from '../../site.ts';
import { attentionOf } from '../attention.ts';
import type { HandlersOf } from './handler.ts';
import { problemsOf } from './system.ts';

const weekMs = 7 * 24 * 60 * 60 * 1000;

export const overviewHandlers: HandlersOf<'getOverview'> = {
	getOverview: ({ site }) => overview(site),
};

async function overview(site: Site): Promise<Overview> {
	const since = new Date(site.now().getTime() - weekMs);
	const accounts = await site.accounts.list();
	const { contacts, onHold } = await site.crm.count();
	const { total: bounces } = await site.report.bounceFacets({
		from: since.toISOString().slice(0, 10),
	});
	return {
		onHold,
		contacts,
		bounces,
		...(await site.outcomes.countSince(since)),
		problems: await problemsOf(site, await attentionOf(site, accounts)),
		lastReadAt:
			accounts
				.flatMap(({ lastReadAt }) => lastReadAt ?? [])
				.sort()
				.at(-1) ?? null,
	};
}
