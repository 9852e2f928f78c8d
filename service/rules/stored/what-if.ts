import { foresee } from '../../act/follow-rules.ts';
import type { Caught } from '../../act/follow-rules.ts';
import type { States } from '../../act/rule-targets.ts';
import type { RuleAction, RuleFields, TouchedPerson, WhatIf } from '../../contract/rule.ts';
import { ruleActions } from '../../contract/rule.ts';
import type { Site } from '../../site.ts';
import type { MatchFacts } from '../conflicts.ts';
import { conflictsOf } from '../conflicts.ts';
import { RuleMatcher } from '../rule-matcher.ts';
import type { Wish } from '../wishes.ts';
import { countedDeeds, nameOf, ruleOn } from '../wishes.ts';
import { withDraft } from './review.ts';
import { sampleOf, walkSample } from './sample.ts';
import type { SampledBounce } from './sample.ts';

/** People that are named one by one. */
const mostPeople = 100;

/** What a new or changed rule would do to the newest stored bounces if it were active now (requirement E3). */
export async function whatIf(
	site: Site,
	draft: Pick<RuleFields, 'expression' | 'looksIn' | 'actions'>,
	id: number | undefined,
): Promise<WhatIf> {
	const stored = await site.rules.list();
	const before = stored.find((rule) => rule.id === id);
	const revision =
		before && isSameRule(before, draft) ? before.revision : (before?.revision ?? 0) + 1;
	const rules = withDraft(stored, draft, id);
	const ruleId = id ?? 0;
	const earlier = rules.slice(
		0,
		rules.findIndex((rule) => rule.id === ruleId),
	);
	const catching = new RuleMatcher(earlier.filter(({ state }) => state === 'active'));
	const drafted = new RuleMatcher(rules.filter((rule) => rule.id === ruleId));

	const tally = new WhatIfTally();
	const states: States = new Map();
	for await (const page of walkSample(site.report)) {
		tally.lookedAt += page.length;
		const caught: Caught[] = [];
		for (const sampled of page) {
			if (!drafted.first(sampled.view)) continue;
			const catcher = catching.first(sampled.view)?.rule;
			const name = catcher && { ruleId: catcher.id, name: nameOf(catcher) };
			const { type, fault, id: bounceId } = sampled.bounce;
			tally.facts.push({ type, fault, caughtBefore: name });
			if (catcher) continue;
			const { wishes, spares } = ruleOn(draft, sampled.bounce, site.policy);
			tally.noteCaught(sampled, spares);
			caught.push({ bounceId, type, wishes, rule: { id: ruleId, revision }, because: '' });
		}
		tally.noteChanges(await foresee(caught, states, site));
	}
	return { ...tally.answer(), ...(await sampleOf(site.report, tally.lookedAt)) };
}

function isSameRule(
	before: Pick<RuleFields, 'expression' | 'looksIn' | 'actions'>,
	draft: Pick<RuleFields, 'expression' | 'looksIn' | 'actions'>,
): boolean {
	return (
		before.expression === draft.expression &&
		before.looksIn === draft.looksIn &&
		ruleActions.every((one) => before.actions.includes(one) === draft.actions.includes(one))
	);
}

/** Adds up an answer while the bounces go by. */
class WhatIfTally {
	lookedAt = 0;
	readonly facts: MatchFacts[] = [];
	readonly #people = new Map<string, TouchedPerson>();
	readonly #changes = new Map<RuleAction, number>();
	#caught = 0;
	#unproved = 0;
	#nobody = 0;

	noteCaught({ bounce }: SampledBounce, spares: 'nobody-known' | 'unproved' | null): void {
		this.#caught += 1;
		if (spares === 'unproved') this.#unproved += 1;
		if (spares === 'nobody-known') this.#nobody += 1;
		if (bounce.email === '') return;
		const { contactId, contactName, addressId, email } = bounce;
		const key = keyOf(bounce);
		const known = this.#people.get(key);
		if (known) known.bounces += 1;
		else
			this.#people.set(key, { contactId, contactName, addressId, email, actions: [], bounces: 1 });
	}

	noteChanges(wishes: readonly Wish[]): void {
		for (const wish of wishes) {
			this.#changes.set(wish.action, (this.#changes.get(wish.action) ?? 0) + 1);
			const person = this.#people.get(keyOf(wish));
			if (person && !person.actions.includes(wish.action)) person.actions.push(wish.action);
		}
	}

	answer() {
		const touched = [...this.#people.values()].filter(({ actions }) => actions.length > 0);
		touched.sort((a, b) => b.bounces - a.bounces || a.email.localeCompare(b.email));
		return {
			caught: this.#caught,
			changes: ruleActions.flatMap((action) => {
				const count = this.#changes.get(action);
				return count === undefined ? [] : [{ action, count }];
			}),
			unproved: this.#unproved,
			nobody: this.#nobody,
			people: touched.slice(0, mostPeople),
			peopleTotal: touched.length,
			conflicts: conflictsOf(this.facts),
			outcome: this.#sentence(),
		};
	}

	#sentence(): string {
		if (this.#caught === 0) return 'It would catch none of these bounces.';
		const bounces = `${this.#caught.toLocaleString('en')} ${this.#caught === 1 ? 'bounce' : 'bounces'}`;
		const changes = countedDeeds(this.#changes) || 'nothing would change';
		const spared = this.#unproved + this.#nobody;
		const sparing =
			spared > 0 ? ` For ${spared.toLocaleString('en')} of them no person would be touched.` : '';
		return `It would catch ${bounces}: ${changes}.${sparing}`;
	}
}

function keyOf({ addressId, email }: { addressId: number | null; email: string }): string {
	return addressId === null ? email : String(addressId);
}
