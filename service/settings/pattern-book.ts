import { sitePattern } from '../classify/site-patterns.ts';
import type { SitePattern } from '../classify/catalogue.ts';
import type { BouncePattern } from '../contract/catalogue.ts';
import type { CatalogueRequest } from '../contract/catalogue-messages.ts';
import type { Page } from '../contract/page.ts';
import { contains } from '../db/filters.ts';
import { inPieces } from '../db/open.ts';
import type { BouncePatternRow } from '../db/catalogue-tables.ts';
import { ServiceError } from '../errors.ts';
import { requireRightExpression } from '../rules/wrong-expression.ts';
import { readCatalogue, touchCatalogue } from './catalogue-row.ts';
import type { SettingsTables } from './catalogue-row.ts';
import { toSiteCatalogue, typesOf } from './stored-catalogue.ts';
import type { StoredCatalogue } from './stored-catalogue.ts';

/** A site's own patterns. Every change lets all processes read the catalogue anew; make it in a transaction. */
export interface PatternBook {
	list(filters: Partial<CatalogueRequest<'listPatterns'>>): Promise<Page<BouncePattern>>;
	/** All, in the order in which they are tried. */
	all(): Promise<BouncePattern[]>;
	/** @throws ServiceError invalid-request with the position of what is wrong; conflict when it is there already. */
	add(pattern: PatternFields): Promise<BouncePattern>;
	change(id: number, pattern: PatternFields): Promise<BouncePattern>;
	delete(id: number): Promise<BouncePattern>;
	/** Adds many that were checked before. */
	addAll(patterns: readonly PatternFields[]): Promise<void>;
	/** Changes what a file says of a pattern that is there. */
	setReason(id: number, change: { reason: string | null; isOn: boolean }): Promise<void>;
	deleteAll(ids: readonly number[]): Promise<void>;
	/** Marks patterns that took too long: they are left out until somebody changes them. */
	markTooSlow(ids: readonly number[]): Promise<void>;
}

export interface PatternFields {
	typeId: number;
	expression: string;
	reason: string | null;
	/** True if not given. */
	isOn?: boolean;
}

/** Enough for several times CiviCRM's list. */
export const mostPatterns = 2_000;

const tooSlow =
	'It took longer than 50 ms on one mail, so it is left out. Write it without nested repetitions, then it is tried again.';

/** The patterns of one site in the service's own database. */
export function sitePatternBook(tables: SettingsTables): PatternBook {
	const { db, siteId } = tables;
	const book: PatternBook = {
		list: async ({ page = 1, per_page = 20, order = 'asc', search, typeId, hasProblem }) => {
			let query = db.selectFrom('bounce_patterns').where('site_id', '=', siteId);
			if (typeId) query = query.where('type_id', '=', typeId);
			if (hasProblem !== undefined)
				query = query.where('problem', hasProblem ? 'is not' : 'is', null);
			if (search) query = query.where(contains('expression', search));
			const rows = await query
				.selectAll()
				.orderBy('type_id', order)
				.orderBy('id', order)
				.limit(per_page)
				.offset((page - 1) * per_page)
				.execute();
			const { total } = await query
				.select((eb) => eb.fn.countAll<number>().as('total'))
				.executeTakeFirstOrThrow();
			const catalogue = await readCatalogue(tables);
			return { rows: rows.map((row) => toPattern(row, catalogue)), total: Number(total) };
		},
		all: async () => {
			const catalogue = await readCatalogue(tables);
			return (await patternRows(tables)).map((row) => toPattern(row, catalogue));
		},
		add: async (pattern) => {
			const rows = await patternRows(tables);
			checkPattern(pattern, await readCatalogue(tables));
			refuseTwice(pattern, rows);
			if (rows.length >= mostPatterns)
				throw new ServiceError('conflict', `A site can have ${mostPatterns} patterns.`);
			await book.addAll([pattern]);
			return (await book.all()).find((one) => isSame(one, pattern))!;
		},
		change: async (id, pattern) => {
			const rows = await patternRows(tables);
			if (!rows.some((row) => row.id === id)) throw noSuchPattern();
			checkPattern(pattern, await readCatalogue(tables));
			refuseTwice(
				pattern,
				rows.filter((row) => row.id !== id),
			);
			const { typeId: type_id, expression, reason, isOn = true } = pattern;
			await db
				.updateTable('bounce_patterns')
				.set({ type_id, expression, reason, problem: null, is_on: isOn ? 1 : 0 })
				.where('site_id', '=', siteId)
				.where('id', '=', id)
				.execute();
			await touchCatalogue(tables);
			return (await book.all()).find((one) => one.id === id)!;
		},
		delete: async (id) => {
			const pattern = (await book.all()).find((one) => one.id === id);
			if (!pattern) throw noSuchPattern();
			await book.deleteAll([id]);
			return pattern;
		},
		addAll: async (patterns) => {
			for (const piece of inPieces(patterns)) {
				await db
					.insertInto('bounce_patterns')
					.values(
						piece.map(({ typeId, expression, reason, isOn = true }) => ({
							site_id: siteId,
							type_id: typeId,
							expression,
							reason,
							problem: null,
							is_on: isOn ? 1 : 0,
						})),
					)
					.execute();
			}
			if (patterns.length > 0) await touchCatalogue(tables);
		},
		setReason: async (id, { reason, isOn }) => {
			await db
				.updateTable('bounce_patterns')
				.set({ reason, is_on: isOn ? 1 : 0 })
				.where('site_id', '=', siteId)
				.where('id', '=', id)
				.execute();
			await touchCatalogue(tables);
		},
		deleteAll: async (ids) => {
			for (const piece of inPieces(ids)) {
				await db
					.deleteFrom('bounce_patterns')
					.where('site_id', '=', siteId)
					.where('id', 'in', piece)
					.execute();
			}
			if (ids.length > 0) await touchCatalogue(tables);
		},
		markTooSlow: async (ids) => {
			if (ids.length === 0) return;
			const { numUpdatedRows } = await db
				.updateTable('bounce_patterns')
				.set({ problem: tooSlow })
				.where('site_id', '=', siteId)
				.where('id', 'in', [...ids])
				.where('problem', 'is', null)
				.executeTakeFirstOrThrow();
			if (numUpdatedRows > 0n) await touchCatalogue(tables);
		},
	};
	return book;
}

/** The stored patterns in the order in which they are tried. */
export function patternRows({ db, siteId }: SettingsTables): Promise<BouncePatternRow[]> {
	return db
		.selectFrom('bounce_patterns')
		.selectAll()
		.where('site_id', '=', siteId)
		.orderBy('type_id')
		.orderBy('id')
		.execute();
}

/** The patterns that are tried: not those that are off or have a problem, and not those of a type that is off or gone. */
export function readyPatterns(
	rows: readonly BouncePatternRow[],
	stored: StoredCatalogue,
): SitePattern[] {
	const typeById = new Map(typesOf(stored).map((type) => [type.id, type]));
	return rows.flatMap(({ id, type_id, expression, reason, problem, is_on }) => {
		const type = typeById.get(type_id);
		if (problem !== null || is_on === 0 || !type?.isOn) return [];
		try {
			return [sitePattern({ id, type: type.name, expression, ...(reason ? { reason } : {}) })];
		} catch (error) {
			// It was right when it was saved; another version of the engine may see it otherwise.
			if (error instanceof ServiceError) return [];
			throw error;
		}
	});
}

/** Refuses a pattern whose expression is wrong or whose type or reason does not exist.
 *  @throws ServiceError invalid-request with `fields`. */
export function checkPattern(
	{ typeId, expression, reason }: PatternFields,
	stored: StoredCatalogue,
): void {
	requireRightExpression(expression);
	if (!typesOf(stored).some(({ id }) => id === typeId))
		throw wrong('typeId', 'There is no such bounce type.');
	if (reason !== null && !toSiteCatalogue(stored, []).catalogue.reasons.has(reason))
		throw wrong('reason', `There is no reason “${reason}”.`);
}

function refuseTwice(pattern: PatternFields, rows: readonly BouncePatternRow[]) {
	const same = rows.find(
		({ type_id, expression }) => type_id === pattern.typeId && expression === pattern.expression,
	);
	if (!same) return;
	const message = 'This type has this very pattern already.';
	throw new ServiceError('conflict', message, {
		problem: 'pattern-taken',
		fields: { expression: message },
	});
}

function isSame(one: PatternFields, other: PatternFields): boolean {
	return one.typeId === other.typeId && one.expression === other.expression;
}

function toPattern(
	{ id, type_id, expression, reason, problem, is_on }: BouncePatternRow,
	stored: StoredCatalogue,
): BouncePattern {
	const type = typesOf(stored).find((one) => one.id === type_id);
	return {
		id,
		typeId: type_id,
		type: type?.name ?? '',
		expression,
		reason,
		problem,
		isOn: is_on === 1,
	};
}

function wrong(field: string, message: string): ServiceError {
	return new ServiceError('invalid-request', message, { fields: { [field]: message } });
}

function noSuchPattern(): ServiceError {
	return new ServiceError('not-found', 'There is no such pattern; it may have been deleted.');
}
