import type { SavedView } from '../../../contract/contact.ts';
import { ServiceError } from '../../../errors.ts';
import type { ViewBook } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';

/** The saved views of one site. */
export function builtinViews({ db, siteId }: SiteTables): ViewBook {
	const views = () => db.selectFrom('saved_views').selectAll().where('site_id', '=', siteId);
	return {
		list: async (page, userId) => {
			const rows = await views()
				.where('page', '=', page)
				.where((eb) => eb.or([eb('user_id', '=', userId), eb('is_shared', '=', 1)]))
				.orderBy('name')
				.orderBy('id')
				.execute();
			return rows.map((row) => toView(row, userId));
		},
		save: async ({ page, name, query, isShared }, userId, at) => {
			await db
				.deleteFrom('saved_views')
				.where('site_id', '=', siteId)
				.where('page', '=', page)
				.where('user_id', '=', userId)
				.where('name', '=', name)
				.execute();
			const row = {
				page,
				name,
				query,
				is_shared: isShared ? 1 : 0,
				user_id: userId,
			};
			const { insertId } = await db
				.insertInto('saved_views')
				.values({ site_id: siteId, created_at: at.getTime(), ...row })
				.executeTakeFirstOrThrow();
			return toView({ id: Number(insertId), ...row }, userId);
		},
		remove: async (id, userId, isManager) => {
			const row = await views().where('id', '=', id).executeTakeFirst();
			const mayKnow = row && (row.user_id === userId || row.is_shared === 1 || isManager);
			if (!mayKnow) throw new ServiceError('not-found', 'There is no such view.');
			if (row.user_id !== userId && !isManager) {
				throw new ServiceError(
					'not-allowed',
					`The view “${row.name}” is somebody else’s; only its owner or a manager deletes it.`,
				);
			}
			await db
				.deleteFrom('saved_views')
				.where('site_id', '=', siteId)
				.where('id', '=', id)
				.execute();
			return row.name;
		},
	};
}

function toView(
	row: { id: number; name: string; query: string; is_shared: number; user_id: number },
	userId: number,
): SavedView {
	return {
		id: row.id,
		page: 'contacts',
		name: row.name,
		query: row.query,
		isShared: row.is_shared === 1,
		isMine: row.user_id === userId,
	};
}
