import { undoDeeds } from '../../act/undo-deeds.ts';
import type { RuleState } from '../../contract/rule.ts';
import { nameOf } from '../../rules/wishes.ts';
import type { Site } from '../../site.ts';
import { counted, inFigures } from '../../words.ts';
import { startByHand } from '../start-by-hand.ts';
import type { HandlersOf } from './handler.ts';

type RuleRoutes =
	| 'listRules'
	| 'addRule'
	| 'changeRule'
	| 'deleteRule'
	| 'setRuleState'
	| 'orderRules'
	| 'addStarterRules'
	| 'applyRules'
	| 'getRuleSettings'
	| 'changeRuleSettings'
	| 'listDeeds'
	| 'undoDeeds';

export const ruleHandlers: HandlersOf<RuleRoutes> = {
	listRules: ({ site }) => allRules(site),

	addRule: ({ site, caller }, fields) =>
		site.inTransaction(async (inside) => {
			const rule = await inside.rules.add(fields, 'by-hand', inside.now());
			const what = `Added the rule ${nameOf(rule)}, ${stateWords[rule.state]}.`;
			await inside.audit.note(caller.userName, what, inside.now());
			return rule;
		}),

	changeRule: ({ site, caller }, { id, ...fields }) =>
		site.inTransaction(async (inside) => {
			const rule = await inside.rules.change(id, fields, inside.now());
			const what = `Changed rule ${id}, ${nameOf(rule)}, ${stateWords[rule.state]}.`;
			await inside.audit.note(caller.userName, what, inside.now());
			return rule;
		}),

	deleteRule: ({ site, caller }, { id }) =>
		site.inTransaction(async (inside) => {
			const rule = await inside.rules.delete(id);
			const sentence = `The rule ${nameOf(rule)} was deleted. What it did stays done, and can still be undone.`;
			await inside.audit.note(caller.userName, sentence, inside.now());
			return { sentence };
		}),

	setRuleState: ({ site, caller }, { id, state }) =>
		site.inTransaction(async (inside) => {
			const rule = await inside.rules.setState(id, state, inside.now());
			const what = `Set rule ${id}, ${nameOf(rule)}: ${stateWords[state]}.`;
			await inside.audit.note(caller.userName, what, inside.now());
			return rule;
		}),

	orderRules: ({ site, caller }, { ids }) =>
		site.inTransaction(async (inside) => {
			await inside.rules.order(ids);
			await inside.audit.note(caller.userName, 'Changed the order of the rules.', inside.now());
			return allRules(inside);
		}),

	addStarterRules: ({ site, caller }, { state }) =>
		site.inTransaction(async (inside) => {
			const count = await inside.rules.addStarterSet(state, inside.now());
			const what = `Set the ${count} rules of the starter set: ${stateWords[state]}.`;
			await inside.audit.note(caller.userName, what, inside.now());
			return allRules(inside);
		}),

	applyRules: async ({ site, caller, watch }, { ruleId, dryRun }) => {
		if (ruleId !== undefined) await site.rules.get(ruleId);
		return startByHand(site, 'apply_bounce_rules', {
			who: caller.userName,
			isDryRun: dryRun,
			parameters: ruleId === undefined ? {} : { ruleId },
			watch,
		});
	},

	getRuleSettings: ({ site }) => site.rules.settings(),

	changeRuleSettings: ({ site, caller }, settings) =>
		site.inTransaction(async (inside) => {
			await inside.rules.changeSettings(settings);
			const what = `Switched processing of rules by hand ${settings.manualProcessing ? 'on' : 'off'}.`;
			await inside.audit.note(caller.userName, what, inside.now());
			return settings;
		}),

	listDeeds: ({ site }, filters) => site.rules.deeds.list(filters),

	undoDeeds: ({ site, caller }, choice) =>
		site.inTransaction(async (inside) => {
			const at = inside.now();
			const report = await undoDeeds(choice, { who: caller.userName, at }, inside);
			const sentence = undoSentence(report);
			const [[what, id] = ['deed', 0]] = Object.entries(choice);
			const audit = `Undid what was done by ${what.replace('Id', '')} ${id}: ${sentence}`;
			await inside.audit.note(caller.userName, audit, at);
			return { ...report, sentence };
		}),
};

const stateWords: Readonly<Record<RuleState, string>> = {
	active: 'active',
	candidate: 'as a candidate',
	off: 'switched off',
};

async function allRules(site: Site) {
	const rows = await site.rules.list();
	return { rows, total: rows.length };
}

function undoSentence({
	undone,
	restored,
	leftAlone,
}: {
	undone: number;
	restored: number;
	leftAlone: number;
}): string {
	if (undone === 0) return 'There was nothing to undo.';
	const deeds = `${counted(undone, 'deed', 'deeds')} undone`;
	const back = `${inFigures(restored)} back as before`;
	const left =
		leftAlone > 0
			? ` ${counted(leftAlone, 'is left as it is', 'are left as they are')}: another rule did the same, or somebody made a change since.`
			: '';
	return `${deeds}: ${back}.${left}`;
}
