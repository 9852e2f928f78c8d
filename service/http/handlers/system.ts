import packageJson from '../../../package.json' with { type: 'json' };
import type { Attention, ServiceStatus } from '../../contract/site.ts';
import { openIncidentProblems } from '../../incidents/incidents.ts';
import { nameOf } from '../../rules/wishes.ts';
import type { Site } from '../../site.ts';
import { attentionOf } from '../attention.ts';
import type { HandlersOf } from './handler.ts';

type SystemRoutes = 'getStatus' | 'syncUsers' | 'removeUsers' | 'introduceSite';

export const systemHandlers: HandlersOf<SystemRoutes> = {
	getStatus: ({ site }) => status(site),

	introduceSite: async ({ introduce, caller }, { name, url, adminEmail }) =>
		status(await introduce({ id: caller.siteId, name, url, adminEmail })),

	syncUsers: ({ site }, { users, syncId, isLastPart }) =>
		site.inTransaction((inside) =>
			inside.crm.syncUsers(users, { syncId, isLastPart }, inside.now()),
		),

	removeUsers: ({ site }, { userIds }) =>
		site.inTransaction((inside) => inside.crm.removeUsers(userIds, inside.now())),
};

async function status(site: Site): Promise<ServiceStatus> {
	const accounts = await site.accounts.list();
	const attention = await attentionOf(site, accounts);
	const { contacts, onHold } = await site.crm.count();
	return {
		version: packageJson.version,
		siteId: site.id,
		siteName: site.name,
		onHold,
		contacts,
		bounces: await site.report.countAllBounces(),
		hasBounceAccount: accounts.some(({ usedFor, isActive }) => usedFor === 'bounces' && isActive),
		problems: await problemsOf(site, attention),
		attention,
		activeAccounts: accounts.filter(({ isActive }) => isActive).length,
	};
}

/** What an administrator of the site should see to, as sentences. */
export async function problemsOf(site: Site, attention: readonly Attention[]): Promise<string[]> {
	return [
		...attention.map(({ sentence }) => sentence),
		...(await openIncidentProblems(site)),
		...(await ruleProblems(site)),
	];
}

/** Rules that are left out until somebody mends them. */
async function ruleProblems(site: Site): Promise<string[]> {
	return (await site.rules.list()).flatMap((rule) =>
		rule.problem && rule.state === 'active'
			? [`Rule ${nameOf(rule)} is left out: ${rule.problem}`]
			: [],
	);
}
