import { CompiledQuery } from 'kysely';
import { insertRows } from '../../db/insert-rows.ts';
import { inPieces } from '../../db/open.ts';
import { ServiceError } from '../../errors.ts';
import type { NewHold, Release } from '../crm.ts';
import type { SiteTables } from './site-tables.ts';

/** See `Crm.hold`. */
export async function hold(
	{ db, siteId }: SiteTables,
	holds: readonly NewHold[],
	who: string,
	at: Date,
): Promise<void> {
	const now = at.getTime();
	const held: NewHold[] = [];
	for (const one of holds) if (await holdOne({ db, siteId }, one, now)) held.push(one);

	const rows = held.map((one) => ({
		site_id: siteId,
		address_id: one.addressId,
		at: now,
		what: 'held' as const,
		hold: one.hold,
		type: one.type,
		because: one.because,
		bounce_id: one.bounceId,
		release_id: null,
		who,
		earlier_held_at: null,
		earlier_count_since: null,
	}));
	await insertRows(db, 'hold_history', rows);
}

/** In words of its own, because putting the statement together for each of thousands takes longer than the database does.
 *  @returns false when the address is on hold already */
async function holdOne({ db, siteId }: SiteTables, one: NewHold, now: number): Promise<boolean> {
	const { numAffectedRows = 0n } = await db.executeQuery(
		CompiledQuery.raw(
			`update addresses set hold = ?, held_at = ?, hold_type = ?, hold_because = ?, hold_bounce_id = ?
				where site_id = ? and id = ? and hold is null`,
			[one.hold, now, one.type, one.because, one.bounceId, siteId, one.addressId],
		),
	);
	return numAffectedRows > 0n;
}

/** See `Crm.release`. */
export async function release(
	{ db, siteId }: SiteTables,
	addressIds: readonly number[],
	who: string,
	at: Date,
): Promise<Release> {
	const now = at.getTime();
	const { insertId } = await db
		.insertInto('releases')
		.values({ site_id: siteId, at: now, who, released: 0, left_alone: 0, undone_at: null })
		.executeTakeFirstOrThrow();
	const releaseId = Number(insertId);

	let released = 0;
	for (const piece of inPieces([...new Set(addressIds)])) {
		const rows = await db
			.selectFrom('addresses')
			.selectAll()
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.where('hold', 'in', ['bounce', 'manual'])
			.execute();
		if (rows.length === 0) continue;
		released += rows.length;

		await db
			.insertInto('hold_history')
			.values(
				rows.map((row) => ({
					site_id: siteId,
					address_id: row.id,
					at: now,
					what: 'released' as const,
					hold: row.hold ?? 'bounce',
					type: row.hold_type,
					because: row.hold_because,
					bounce_id: row.hold_bounce_id,
					release_id: releaseId,
					who,
					earlier_held_at: row.held_at,
					earlier_count_since: row.count_since,
				})),
			)
			.execute();
		await db
			.updateTable('addresses')
			.set({
				hold: null,
				held_at: null,
				hold_type: null,
				hold_because: null,
				hold_bounce_id: null,
				count_since: now,
			})
			.where('site_id', '=', siteId)
			.where(
				'id',
				'in',
				rows.map(({ id }) => id),
			)
			.execute();
	}

	const leftAlone = new Set(addressIds).size - released;
	await db
		.updateTable('releases')
		.set({ released, left_alone: leftAlone })
		.where('site_id', '=', siteId)
		.where('id', '=', releaseId)
		.execute();
	return { id: releaseId, released, leftAlone };
}

/** See `Crm.undoRelease`. */
export async function undoRelease(
	{ db, siteId }: SiteTables,
	releaseId: number,
	who: string,
	at: Date,
): Promise<{ restored: number; leftAlone: number }> {
	const undone = await db
		.selectFrom('releases')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('id', '=', releaseId)
		.executeTakeFirst();
	if (!undone) throw new ServiceError('not-found', 'There is no such release.');
	if (undone.undone_at !== null)
		throw new ServiceError('conflict', 'This release was undone already.');

	const entries = await db
		.selectFrom('hold_history')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('release_id', '=', releaseId)
		.where('what', '=', 'released')
		.execute();
	const now = at.getTime();
	let restored = 0;
	for (const entry of entries) {
		const { numUpdatedRows } = await db
			.updateTable('addresses')
			.set({
				hold: entry.hold,
				held_at: entry.earlier_held_at,
				hold_type: entry.type,
				hold_because: entry.because,
				hold_bounce_id: entry.bounce_id,
				count_since: entry.earlier_count_since ?? 0,
			})
			.where('site_id', '=', siteId)
			.where('id', '=', entry.address_id)
			.where('hold', 'is', null)
			.executeTakeFirstOrThrow();
		if (numUpdatedRows === 0n) continue;

		restored += 1;
		const { id, ...rest } = entry;
		await db
			.insertInto('hold_history')
			.values({ ...rest, at: now, what: 'release-undone', who })
			.execute();
	}
	await db
		.updateTable('releases')
		.set({ undone_at: now })
		.where('site_id', '=', siteId)
		.where('id', '=', releaseId)
		.execute();
	return { restored, leftAlone: entries.length - restored };
}

/** See `Crm.takeBackHold`. */
export async function takeBackHold(
	{ db, siteId }: SiteTables,
	bounceId: number,
	who: string,
	at: Date,
): Promise<boolean> {
	const address = await db
		.selectFrom('addresses')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('hold', '=', 'bounce')
		.where('hold_bounce_id', '=', bounceId)
		.executeTakeFirst();
	if (!address) return false;

	await db
		.updateTable('addresses')
		.set({ hold: null, held_at: null, hold_type: null, hold_because: null, hold_bounce_id: null })
		.where('site_id', '=', siteId)
		.where('id', '=', address.id)
		.execute();
	await db
		.insertInto('hold_history')
		.values({
			site_id: siteId,
			address_id: address.id,
			at: at.getTime(),
			what: 'hold-taken-back',
			hold: 'bounce',
			type: address.hold_type,
			because: address.hold_because,
			bounce_id: bounceId,
			release_id: null,
			who,
			earlier_held_at: address.held_at,
			earlier_count_since: address.count_since,
		})
		.execute();
	return true;
}
