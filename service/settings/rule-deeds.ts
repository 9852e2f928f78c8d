import type { Deed, RuleAction } from '../contract/rule.ts';
import type { DeedFilters } from '../contract/rule-messages.ts';
import type { Page } from '../contract/page.ts';
import { contains } from '../db/filters.ts';
import type { Database } from '../db/open.ts';
import { inPieces } from '../db/open.ts';
import type { DeedRow } from '../db/schema.ts';

/** What rules did, each deed with what was before. */
export interface DeedBook {
	/** Which of these bounces were dealt with by which rule, as `deedKey`s; undone deeds count too. */
	keysOf(bounceIds: readonly number[]): Promise<Set<string>>;
	write(deeds: readonly NewDeed[]): Promise<void>;
	list(filters: DeedFilters): Promise<Page<Deed>>;
	/** Deeds that stand: one and what the same rule did to the same target, those of a rule, or those of a run. */
	standing(of: DeedChoice): Promise<StoredDeed[]>;
	/** All deeds that stand for these targets, oldest first. */
	standingOn(targets: readonly string[]): Promise<StoredDeed[]>;
	markUndone(ids: readonly number[], who: string, at: Date): Promise<void>;
	/** Notes that a deed starts from, or ends with, something else since another one was undone. */
	rewrite(deeds: readonly Pick<StoredDeed, 'id' | 'before' | 'after'>[]): Promise<void>;
	/** What rules did to an address or its contact, oldest first, for its timeline. */
	ofPerson(addressId: number, contactId: number): Promise<Deed[]>;
}

export type DeedChoice =
	| { deedId: number }
	| { ruleId: number }
	/** With `bounceIds` only what the run did because of these bounces. */
	| { runId: number; bounceIds?: readonly number[] };

export interface StoredDeed {
	id: number;
	bounceId: number;
	action: RuleAction;
	addressId: number | null;
	/** "status 70"; see `rules/deeds.ts`. */
	target: string;
	before: string;
	after: string;
	because: string;
}

export interface NewDeed extends Omit<StoredDeed, 'id'> {
	ruleId: number;
	revision: number;
	runId: number | null;
	at: Date;
	who: string;
	contactId: number | null;
	email: string;
}

interface DeedTables {
	db: Database;
	siteId: string;
}

const mostOfAPerson = 200;

/** What makes a deed one of its kind: a rule in one revision does a thing once for one bounce. */
export function deedKey(bounceId: number, ruleId: number, revision: number, action: string) {
	return [bounceId, ruleId, revision, action].join(' ');
}

/** The deeds of one site in the service's own database. */
export function siteDeedBook(tables: DeedTables): DeedBook {
	const { db, siteId } = tables;
	return {
		keysOf: async (bounceIds) => {
			const keys = new Set<string>();
			for (const piece of inPieces([...new Set(bounceIds)])) {
				const rows = await db
					.selectFrom('rule_deeds')
					.select(['bounce_id', 'rule_id', 'revision', 'action'])
					.where('site_id', '=', siteId)
					.where('bounce_id', 'in', piece)
					.execute();
				for (const row of rows)
					keys.add(deedKey(row.bounce_id, row.rule_id, row.revision, row.action));
			}
			return keys;
		},
		write: async (deeds) => {
			for (const piece of inPieces(deeds)) {
				await db
					.insertInto('rule_deeds')
					.values(piece.map((deed) => toRow(siteId, deed)))
					.execute();
			}
		},
		list: (filters) => list(tables, filters),
		standing: (of) => standing(tables, of),
		standingOn: async (targets) => {
			const found: StoredDeed[] = [];
			for (const piece of inPieces([...new Set(targets)])) {
				const rows = await standingDeeds(tables).where('target', 'in', piece).execute();
				found.push(...rows.map(toStored));
			}
			return found;
		},
		markUndone: async (ids, who, at) => {
			for (const piece of inPieces(ids)) {
				await db
					.updateTable('rule_deeds')
					.set({ undone_at: at.getTime(), undone_by: who })
					.where('site_id', '=', siteId)
					.where('id', 'in', piece)
					.execute();
			}
		},
		rewrite: async (deeds) => {
			for (const { id, before, after } of deeds) {
				await db
					.updateTable('rule_deeds')
					.set({ before, after })
					.where('site_id', '=', siteId)
					.where('id', '=', id)
					.execute();
			}
		},
		ofPerson: async (addressId, contactId) => {
			const rows = await deeds(tables, {})
				.where((eb) =>
					eb.or([eb('d.address_id', '=', addressId), eb('d.contact_id', '=', contactId)]),
				)
				.orderBy('d.id', 'desc')
				.limit(mostOfAPerson)
				.selectAll('d')
				.select('c.display_name')
				.execute();
			return rows.reverse().map(toDeed);
		},
	};
}

function standingDeeds({ db, siteId }: DeedTables) {
	return db
		.selectFrom('rule_deeds')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('undone_at', 'is', null)
		.orderBy('id');
}

async function standing(tables: DeedTables, of: DeedChoice): Promise<StoredDeed[]> {
	const query = standingDeeds(tables);
	if ('ruleId' in of) return (await query.where('rule_id', '=', of.ruleId).execute()).map(toStored);
	if ('runId' in of) {
		const ofRun = (await query.where('run_id', '=', of.runId).execute()).map(toStored);
		const bounceIds = of.bounceIds && new Set(of.bounceIds);
		return bounceIds ? ofRun.filter(({ bounceId }) => bounceIds.has(bounceId)) : ofRun;
	}

	const one = await query.where('id', '=', of.deedId).executeTakeFirst();
	if (!one) return [];
	const same = await query
		.where('target', '=', one.target)
		.where('rule_id', '=', one.rule_id)
		.where('action', '=', one.action)
		.execute();
	return same.map(toStored);
}

async function list(tables: DeedTables, filters: DeedFilters): Promise<Page<Deed>> {
	const { page = 1, per_page = 20, order = 'desc' } = filters;
	const rows = await deeds(tables, filters)
		.selectAll('d')
		.select('c.display_name')
		.orderBy('d.id', order)
		.limit(per_page)
		.offset((page - 1) * per_page)
		.execute();
	const { total } = await deeds(tables, filters)
		.select((eb) => eb.fn.countAll<number>().as('total'))
		.executeTakeFirstOrThrow();
	return { rows: rows.map(toDeed), total: Number(total) };
}

function deeds({ db, siteId }: DeedTables, filters: DeedFilters) {
	let query = db
		.selectFrom('rule_deeds as d')
		.leftJoin('contacts as c', (join) =>
			join.onRef('c.id', '=', 'd.contact_id').onRef('c.site_id', '=', 'd.site_id'),
		)
		.where('d.site_id', '=', siteId);
	if (filters.ruleId) query = query.where('d.rule_id', '=', filters.ruleId);
	if (filters.runId) query = query.where('d.run_id', '=', filters.runId);
	if (filters.bounceId) query = query.where('d.bounce_id', '=', filters.bounceId);
	if (filters.contactId) query = query.where('d.contact_id', '=', filters.contactId);
	if (filters.action) query = query.where('d.action', '=', filters.action);
	if (filters.standing !== undefined)
		query = query.where('d.undone_at', filters.standing ? 'is' : 'is not', null);
	if (filters.search) query = query.where(contains('d.email', filters.search.toLowerCase()));
	return query;
}

function toRow(siteId: string, deed: NewDeed) {
	return {
		site_id: siteId,
		bounce_id: deed.bounceId,
		rule_id: deed.ruleId,
		revision: deed.revision,
		action: deed.action,
		run_id: deed.runId,
		at: deed.at.getTime(),
		who: deed.who,
		contact_id: deed.contactId,
		address_id: deed.addressId,
		email: deed.email,
		target: deed.target,
		before: deed.before,
		after: deed.after,
		because: deed.because,
		undone_at: null,
		undone_by: null,
	};
}

function toStored(row: DeedRow): StoredDeed {
	return {
		id: row.id,
		bounceId: row.bounce_id,
		action: row.action,
		addressId: row.address_id,
		target: row.target,
		before: row.before,
		after: row.after,
		because: row.because,
	};
}

function toDeed(row: DeedRow & { display_name: string | null }): Deed {
	return {
		id: row.id,
		at: new Date(row.at).toISOString(),
		who: row.who,
		ruleId: row.rule_id,
		bounceId: row.bounce_id,
		runId: row.run_id,
		action: row.action,
		contactId: row.contact_id,
		contactName: row.display_name,
		addressId: row.address_id,
		email: row.email,
		before: row.before,
		after: row.after,
		because: row.because,
		undoneAt: row.undone_at === null ? null : new Date(row.undone_at).toISOString(),
		undoneBy: row.undone_by,
	};
}
