import { replayWithout, targetOfKey } from '../rules/deeds.ts';
import type { DeedChoice, StoredDeed } from '../settings/rule-deeds.ts';
import type { RuleBook } from '../settings/rules.ts';
import { readStates, writeState } from './rule-targets.ts';
import type { Ports } from './rule-targets.ts';

export interface Undone {
	/** Deeds that no longer stand. */
	undone: number;
	/** People, addresses and bounces that are again as they were. */
	restored: number;
	/** Those that stay as they are. */
	leftAlone: number;
}

/** Undoes what rules did (requirement D8): one deed, a rule's, or a run's. What another rule did too stays done, and what
 *  somebody changed since is left as it is. Call it in a transaction. */
export async function undoDeeds(
	choice: DeedChoice,
	{ who, at }: { who: string; at: Date },
	ports: Ports & { rules: RuleBook },
): Promise<Undone> {
	const chosen = await ports.rules.deeds.standing(choice);
	const ids = new Set(chosen.map(({ id }) => id));
	const byTarget = groupByTarget(
		await ports.rules.deeds.standingOn(chosen.map(({ target }) => target)),
	);
	const states = await readStates([...byTarget.keys()].map(targetOfKey), ports);

	const counts: Undone = { undone: ids.size, restored: 0, leftAlone: 0 };
	for (const [target, deeds] of byTarget) {
		const current = states.get(target);
		const { setTo, rewritten } =
			current === undefined
				? { setTo: undefined, rewritten: [] }
				: replayWithout(deeds, ids, current);
		await ports.rules.deeds.rewrite(rewritten);
		const changed = deeds.find(({ id, before, after }) => ids.has(id) && before !== after);
		if (!changed) continue;
		if (setTo !== undefined && (await write(target, setTo, changed))) counts.restored += 1;
		else counts.leftAlone += 1;

		const heir = rewritten.find(({ before, after }) => before !== after);
		if (heir && setTo === undefined) await passOn(target, changed, find(deeds, heir.id));
	}
	await ports.rules.deeds.markUndone([...ids], who, at);
	return counts;

	function write(target: string, state: string, { bounceId, because }: StoredDeed) {
		const cause = { bounceId, type: null, because, who, at };
		return writeState(targetOfKey(target), state, cause, ports);
	}

	/** A hold names the bounce it stands for: from now on that of the other rule. */
	async function passOn(target: string, from: StoredDeed, to: StoredDeed): Promise<void> {
		if (targetOfKey(target).field === 'hold' && (await write(target, 'none', from)))
			await write(target, 'bounce', to);
	}
}

function find(deeds: readonly StoredDeed[], id: number): StoredDeed {
	const found = deeds.find((deed) => deed.id === id);
	if (!found) throw new Error(`Deed ${id} is gone.`);
	return found;
}

function groupByTarget(deeds: readonly StoredDeed[]): Map<string, StoredDeed[]> {
	const groups = new Map<string, StoredDeed[]>();
	for (const deed of deeds.toSorted((a, b) => a.id - b.id)) {
		const group = groups.get(deed.target);
		if (group) group.push(deed);
		else groups.set(deed.target, [deed]);
	}
	return groups;
}
