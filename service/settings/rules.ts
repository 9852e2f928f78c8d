import { z } from 'zod';
import { ruleActions } from '../contract/rule.ts';
import type { Rule, RuleFields, RuleOrigin, RuleSettings, RuleState } from '../contract/rule.ts';
import type { Database } from '../db/open.ts';
import type { RuleRow } from '../db/schema.ts';
import { ServiceError } from '../errors.ts';
import { starterRules } from '../rules/starter-rules.ts';
import { requireRightExpression } from '../rules/wrong-expression.ts';
import type { DeedBook } from './rule-deeds.ts';
import { siteDeedBook } from './rule-deeds.ts';

/** A site's rules in their order, their settings, and what they did. */
export interface RuleBook {
	/** All rules, with their hits. A new site gets the starter set here, as candidates. */
	list(): Promise<Rule[]>;
	/** @throws ServiceError not-found. */
	get(id: number): Promise<Rule>;
	/** The rules that act, in their order; those with a problem are left out. */
	active(): Promise<Rule[]>;
	/** Adds a rule at the end. @throws ServiceError invalid-request with the place of what is wrong. */
	add(fields: RuleFields, origin: RuleOrigin, at: Date): Promise<Rule>;
	change(id: number, fields: RuleFields, at: Date): Promise<Rule>;
	setState(id: number, state: RuleState, at: Date): Promise<Rule>;
	/** A suggested rule that is deleted is not suggested again. */
	delete(id: number): Promise<Rule>;
	/** Puts the rules in this order; those not named keep theirs, after the named ones. */
	order(ids: readonly number[]): Promise<void>;
	/** Adds what is missing of the starter set, and sets all of it to a state. @returns how many rules it has. */
	addStarterSet(state: RuleState, at: Date): Promise<number>;
	/** Marks rules that cannot be tried (requirement E5). */
	noteProblems(problems: ReadonlyMap<number, string>): Promise<void>;
	/** Expressions that were suggested and deleted. */
	dismissed(): Promise<string[]>;
	settings(): Promise<RuleSettings>;
	changeSettings(settings: RuleSettings): Promise<void>;
	readonly deeds: DeedBook;
}

export interface RuleTables {
	db: Database;
	siteId: string;
	now: () => Date;
}

/** Names in the settings table. */
const hasStarterSet = 'rules.starter-set';
const dismissedName = 'rules.dismissed';
const settingsName = 'rules.settings';

const mostDismissed = 1_000;
const usualSettings: RuleSettings = { manualProcessing: true };
const actionList = z.array(z.enum(ruleActions));
const settingsShape = z.object({ manualProcessing: z.boolean() });

/** The rules of one site in the service's own database. */
export function siteRules(tables: RuleTables): RuleBook {
	const book: RuleBook = {
		list: async () => {
			if (!(await setting(tables, hasStarterSet, z.boolean()))) {
				await addStarterSet(tables, 'candidate', tables.now());
				await setSetting(tables, hasStarterSet, true);
			}
			return withHits(tables, await rows(tables));
		},
		get: async (id) => {
			const found = (await rows(tables)).find((row) => row.id === id);
			if (!found)
				throw new ServiceError('not-found', 'There is no such rule; it may have been deleted.');
			const [rule] = await withHits(tables, [found], found.position);
			return rule!;
		},
		active: async () => {
			const all = await rows(tables);
			const active = all.filter(({ state, problem }) => state === 'active' && problem === null);
			return active.map((row) => toRule(row, all.indexOf(row) + 1));
		},
		add: async (fields, origin, at) => {
			requireRightExpression(fields.expression);
			return book.get(await insert(tables, fields, { origin, starter: null }, at));
		},
		change: async (id, fields, at) => {
			const before = await book.get(id);
			requireRightExpression(fields.expression);
			const isSame =
				before.expression === fields.expression &&
				before.looksIn === fields.looksIn &&
				isSameSet(before.actions, fields.actions);
			await update(tables, id, {
				...toColumns(fields),
				revision: before.revision + (isSame ? 0 : 1),
				problem: null,
				changed_at: at.getTime(),
			});
			return book.get(id);
		},
		setState: async (id, state, at) => {
			await book.get(id);
			await update(tables, id, { state, changed_at: at.getTime() });
			return book.get(id);
		},
		delete: async (id) => {
			const rule = await book.get(id);
			await tables.db
				.deleteFrom('rules')
				.where('site_id', '=', tables.siteId)
				.where('id', '=', id)
				.execute();
			if (rule.origin === 'suggested') {
				const dismissed = [...(await book.dismissed()), rule.expression].slice(-mostDismissed);
				await setSetting(tables, dismissedName, dismissed);
			}
			return rule;
		},
		order: (ids) => order(tables, ids),
		addStarterSet: async (state, at) => {
			await addStarterSet(tables, state, at);
			await setSetting(tables, hasStarterSet, true);
			return starterRules.length;
		},
		noteProblems: async (problems) => {
			for (const [id, problem] of problems) await update(tables, id, { problem });
		},
		dismissed: async () => (await setting(tables, dismissedName, z.array(z.string()))) ?? [],
		settings: async () => (await setting(tables, settingsName, settingsShape)) ?? usualSettings,
		changeSettings: (settings) => setSetting(tables, settingsName, settings),
		deeds: siteDeedBook(tables),
	};
	return book;
}

function rows({ db, siteId }: RuleTables): Promise<RuleRow[]> {
	return db
		.selectFrom('rules')
		.selectAll()
		.where('site_id', '=', siteId)
		.orderBy('position')
		.orderBy('id')
		.execute();
}

/** @param place of the first row among all rules, from 1 */
async function withHits({ db, siteId }: RuleTables, stored: RuleRow[], place?: number) {
	const counts = await db
		.selectFrom('bounces')
		.select([
			'rule_id',
			(eb) => eb.fn.countAll<number>().as('hits'),
			(eb) => eb.fn.max<number>('recorded_at').as('last'),
		])
		.where('site_id', '=', siteId)
		.where('rule_id', 'is not', null)
		.groupBy('rule_id')
		.execute();
	const hitsOf = new Map(counts.map((row) => [row.rule_id, row]));
	return stored.map((row, index): Rule => {
		const hits = hitsOf.get(row.id);
		return {
			...toRule(row, place ?? index + 1),
			hits: Number(hits?.hits ?? 0),
			lastHitAt: hits ? new Date(Number(hits.last)).toISOString() : null,
		};
	});
}

function toRule(row: RuleRow, position: number): Rule {
	return {
		id: row.id,
		position,
		expression: row.expression,
		looksIn: row.looks_in,
		actions: actionList.parse(JSON.parse(row.actions)),
		state: row.state,
		comment: row.comment,
		revision: row.revision,
		hits: 0,
		lastHitAt: null,
		problem: row.problem,
		origin: row.origin,
		changedAt: new Date(row.changed_at).toISOString(),
	};
}

function toColumns(fields: RuleFields) {
	return {
		expression: fields.expression,
		looks_in: fields.looksIn,
		actions: JSON.stringify(ruleActions.filter((action) => fields.actions.includes(action))),
		state: fields.state,
		comment: fields.comment,
	};
}

async function insert(
	tables: RuleTables,
	fields: RuleFields,
	{ origin, starter }: { origin: RuleOrigin; starter: string | null },
	at: Date,
): Promise<number> {
	const last = (await rows(tables)).at(-1)?.position ?? 0;
	const { insertId } = await tables.db
		.insertInto('rules')
		.values({
			site_id: tables.siteId,
			position: last + 1,
			...toColumns(fields),
			revision: 1,
			problem: null,
			origin,
			starter,
			changed_at: at.getTime(),
		})
		.onConflict((conflict) => conflict.columns(['site_id', 'starter']).doNothing())
		.executeTakeFirstOrThrow();
	return Number(insertId);
}

async function addStarterSet(tables: RuleTables, state: RuleState, at: Date): Promise<void> {
	const known = new Map((await rows(tables)).map((row) => [row.starter, row]));
	for (const { name, ...fields } of starterRules) {
		const row = known.get(name);
		if (!row) await insert(tables, { ...fields, state }, { origin: 'starter', starter: name }, at);
		else if (row.state !== state) await update(tables, row.id, { state, changed_at: at.getTime() });
	}
}

async function update({ db, siteId }: RuleTables, id: number, change: Partial<RuleRow>) {
	await db
		.updateTable('rules')
		.set(change)
		.where('site_id', '=', siteId)
		.where('id', '=', id)
		.execute();
}

async function order(tables: RuleTables, ids: readonly number[]): Promise<void> {
	const stored = await rows(tables);
	const placeOf = new Map(ids.map((id, place) => [id, place]));
	const place = ({ id }: RuleRow) => placeOf.get(id) ?? ids.length;
	const sorted = stored.toSorted((a, b) => place(a) - place(b) || a.position - b.position);
	for (const [index, { id, position }] of sorted.entries()) {
		if (position !== index + 1) await update(tables, id, { position: index + 1 });
	}
}

async function setting<Value>(
	{ db, siteId }: RuleTables,
	name: string,
	shape: z.ZodType<Value>,
): Promise<Value | undefined> {
	const row = await db
		.selectFrom('settings')
		.select('value')
		.where('site_id', '=', siteId)
		.where('name', '=', name)
		.executeTakeFirst();
	return row && shape.parse(JSON.parse(row.value));
}

async function setSetting({ db, siteId }: RuleTables, name: string, value: unknown) {
	const json = JSON.stringify(value);
	await db
		.insertInto('settings')
		.values({ site_id: siteId, name, value: json })
		.onConflict((conflict) => conflict.columns(['site_id', 'name']).doUpdateSet({ value: json }))
		.execute();
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((one) => b.includes(one));
}
