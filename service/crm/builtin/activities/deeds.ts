import { isDeepStrictEqual } from 'node:util';
import type { DeedReport } from '../../../contract/contact.ts';
import { inPieces } from '../../../db/open.ts';
import { ServiceError } from '../../../errors.ts';
import { counted } from '../../../words.ts';
import type { StoredDeed } from '../../activity-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { readBody, readStates, writeState } from './states.ts';
import type { ActivityState } from './states.ts';

export interface Deed {
	what: StoredDeed['what'];
	who: string;
	/** Of who edited. */
	userId?: number;
	at: Date;
	sentence: string;
	steps: readonly DeedStep[];
}

/** How one activity was before and after, as far as the deed changed it. */
export interface DeedStep {
	activityId: number;
	before: ActivityState;
	after: ActivityState;
}

/** Does what the steps say and keeps what is needed to undo it. @returns the deed's number. */
export async function carryOut(tables: SiteTables, deed: Deed): Promise<number> {
	const { db, siteId } = tables;
	const { what, who, userId, at, sentence, steps } = deed;
	const { insertId } = await db
		.insertInto('activity_deeds')
		.values({
			site_id: siteId,
			at: at.getTime(),
			who,
			user_id: userId ?? null,
			what,
			sentence,
			undone_at: null,
			undone_by: null,
		})
		.executeTakeFirstOrThrow();
	const deedId = Number(insertId);
	for (const { activityId, after } of steps) await writeState(tables, activityId, after);
	for (const piece of inPieces(steps)) {
		await db
			.insertInto('activity_deed_steps')
			.values(
				piece.map(({ activityId, before, after }) => ({
					site_id: siteId,
					deed_id: deedId,
					activity_id: activityId,
					before: JSON.stringify(before),
					after: JSON.stringify(after),
				})),
			)
			.execute();
	}
	return deedId;
}

/** See `ActivityBook.delete`. */
export async function deleteActivities(
	tables: SiteTables,
	ids: readonly number[],
	who: string,
	at: Date,
): Promise<DeedReport> {
	const states = await readStates(tables, ids);
	const steps = [...states].flatMap(([activityId, { deletedAt }]) =>
		deletedAt === null
			? [{ activityId, before: { deletedAt: null }, after: { deletedAt: at.getTime() } }]
			: [],
	);
	const leftAlone = new Set(ids).size - steps.length;
	if (steps.length === 0)
		throw new ServiceError('not-found', 'There is no such mail; it may have been deleted.');
	const gone =
		leftAlone > 0 ? ` ${counted(leftAlone, 'mail was', 'mails were')} gone already.` : '';
	const sentence = `${counted(steps.length, 'mail', 'mails')} deleted.${gone}`;
	const deedId = await carryOut(tables, { what: 'deleted', who, at, sentence, steps });
	return { deedId, touched: steps.length, leftAlone, sentence };
}

/** See `ActivityBook.deed`. */
export async function storedDeed(
	tables: SiteTables,
	deedId: number,
): Promise<StoredDeed | undefined> {
	const { db, siteId } = tables;
	const deed = await db
		.selectFrom('activity_deeds')
		.select(['what', 'user_id'])
		.where('site_id', '=', siteId)
		.where('id', '=', deedId)
		.executeTakeFirst();
	if (!deed) return undefined;
	const steps = await stepsOf(tables, deedId);
	return {
		what: deed.what,
		userId: deed.user_id,
		changedText: steps.some(({ after }) => after.body !== undefined),
	};
}

/** See `ActivityBook.undo`. */
export async function undoDeed(
	tables: SiteTables,
	deedId: number,
	who: string,
	at: Date,
): Promise<DeedReport> {
	const { db, siteId } = tables;
	const deed = await db
		.selectFrom('activity_deeds')
		.select(['undone_at', 'undone_by'])
		.where('site_id', '=', siteId)
		.where('id', '=', deedId)
		.executeTakeFirst();
	if (!deed) throw new ServiceError('not-found', 'There is nothing to undo: it was too long ago.');
	if (deed.undone_at !== null)
		throw new ServiceError('conflict', `${deed.undone_by ?? 'Somebody'} has undone this already.`);

	const steps = await stepsOf(tables, deedId);
	let touched = 0;
	for (const { activityId, before, after } of steps) {
		if (!(await isStill(tables, activityId, after))) continue;
		await writeState(tables, activityId, before);
		touched += 1;
	}
	await db
		.updateTable('activity_deeds')
		.set({ undone_at: at.getTime(), undone_by: who })
		.where('site_id', '=', siteId)
		.where('id', '=', deedId)
		.execute();
	const leftAlone = steps.length - touched;
	const left =
		leftAlone > 0
			? ` ${counted(leftAlone, 'mail was', 'mails were')} changed or deleted for good since, and left as they are.`
			: '';
	const sentence = `${counted(touched, 'mail was', 'mails were')} put back as before.${left}`;
	return { deedId, touched, leftAlone, sentence };
}

async function stepsOf({ db, siteId }: SiteTables, deedId: number): Promise<DeedStep[]> {
	const rows = await db
		.selectFrom('activity_deed_steps')
		.select(['activity_id', 'before', 'after'])
		.where('site_id', '=', siteId)
		.where('deed_id', '=', deedId)
		.orderBy('id')
		.execute();
	return rows.map(({ activity_id, before, after }) => ({
		activityId: activity_id,
		// Written by `carryOut` from states.
		before: JSON.parse(before) as ActivityState,
		after: JSON.parse(after) as ActivityState,
	}));
}

/** Whether an activity is still as a deed left it. */
async function isStill(tables: SiteTables, id: number, after: ActivityState): Promise<boolean> {
	const states = await readStates(tables, [id]);
	const state = states.get(id);
	if (!state) return false;
	const now: ActivityState = after.body ? { ...state, body: await readBody(tables, id) } : state;
	const names = Object.keys(after) as (keyof ActivityState)[];
	return names.every((name) => isDeepStrictEqual(now[name], after[name]));
}
