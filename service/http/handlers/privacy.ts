import type { HandlersOf } from './handler.ts';

type PrivacyRoutes = 'exportPersonalData' | 'erasePersonalData';

/** WordPress's own privacy tools ask; the plugin carries it (requirement H4). */
export const privacyHandlers: HandlersOf<PrivacyRoutes> = {
	exportPersonalData: ({ site }, { email, page }) => site.personalData.export(email, page),

	erasePersonalData: ({ site, caller }, { email, page }) =>
		site.inTransaction(async (inside) => {
			const at = inside.now();
			const answer = await inside.personalData.erase(email, page, caller.userName, at);
			// Without the address: the log would keep what is being erased.
			if (answer.items_removed)
				await inside.audit.note(caller.userName, 'Erased personal data on request.', at);
			return answer;
		}),
};
