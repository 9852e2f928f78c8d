import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, test } from 'vitest';
import type { RuleAction } from '../../service/contract/rule.ts';
import type { DoneDeed } from '../../service/rules/deeds.ts';
import { replayWithout, stateAfter, targetKey, targetOfKey } from '../../service/rules/deeds.ts';

/** Deeds of one contact, done one after another. */
function deedsFrom(start: string, ...actions: RuleAction[]): { deeds: DoneDeed[]; end: string } {
	let state = start;
	const deeds = actions.map((action, index) => {
		const before = state;
		state = stateAfter(action, before);
		return { id: index + 1, action, before, after: state };
	});
	return { deeds, end: state };
}

describe('what an action makes of somebody', () => {
	test('nobody is ever bettered', () => {
		assert.equal(stateAfter('unconfirm-subscriber', 'confirmed'), 'unconfirmed');
		assert.equal(stateAfter('unconfirm-subscriber', 'blacklisted'), 'blacklisted');
		assert.equal(stateAfter('hold', 'none'), 'bounce');
		assert.equal(stateAfter('hold', 'opt-out'), 'opt-out');
	});

	test('a target is found again by its key, also an address with a space', () => {
		for (const target of [
			{ field: 'status' as const, of: 70 },
			{ field: 'do-not-send' as const, of: '"a b"@dest.example' },
		])
			assert.deepEqual(targetOfKey(targetKey(target)), target);
	});
});

describe('undoing', () => {
	test('the only deed puts back what was before', () => {
		const { deeds, end } = deedsFrom('confirmed', 'unconfirm-subscriber');

		assert.equal(replayWithout(deeds, new Set([1]), end).setTo, 'confirmed');
	});

	test('one of two deeds of the same kind changes nothing, and the other one takes its place', () => {
		const { deeds, end } = deedsFrom('confirmed', 'unconfirm-subscriber', 'unconfirm-subscriber');
		const { setTo, rewritten } = replayWithout(deeds, new Set([1]), end);

		assert.equal(setTo, undefined);
		assert.deepEqual(rewritten, [
			{ id: 2, action: 'unconfirm-subscriber', before: 'confirmed', after: 'unconfirmed' },
		]);
	});

	test('a later and worse deed leaves the earlier one standing', () => {
		const { deeds, end } = deedsFrom('confirmed', 'unconfirm-subscriber', 'blacklist-subscriber');

		assert.equal(end, 'blacklisted');
		assert.equal(replayWithout(deeds, new Set([2]), end).setTo, 'unconfirmed');
	});

	test('what somebody changed since is left as it is', () => {
		const { deeds } = deedsFrom('confirmed', 'unconfirm-subscriber');
		const replay = replayWithout(deeds, new Set([1]), 'blacklisted');

		assert.equal(replay.setTo, undefined);
		assert.ok(replay.isChangedSince);
	});

	test('what somebody changed between two deeds is where the later one starts', () => {
		const deeds: DoneDeed[] = [
			{ id: 1, action: 'unconfirm-subscriber', before: 'confirmed', after: 'unconfirmed' },
			{ id: 2, action: 'unconfirm-subscriber', before: 'confirmed', after: 'unconfirmed' },
		];

		assert.equal(replayWithout(deeds, new Set([1]), 'unconfirmed').setTo, undefined);
		assert.equal(replayWithout(deeds, new Set([2]), 'unconfirmed').setTo, 'confirmed');
	});

	test('all deeds, in any portions, ends where it began; some are as if they had never been', () => {
		const actions = fc.array(
			fc.constantFrom<RuleAction>('unconfirm-subscriber', 'blacklist-subscriber'),
			{ minLength: 1, maxLength: 6 },
		);
		const start = fc.constantFrom('confirmed', 'unconfirmed', 'blacklisted');
		fc.assert(
			fc.property(start, actions, fc.infiniteStream(fc.nat()), (begin, wanted, numbers) => {
				let { deeds, end } = deedsFrom(begin, ...wanted);
				while (deeds.length > 0) {
					const chosen = deeds[numbers.next().value! % deeds.length]!.id;
					const { setTo, rewritten } = replayWithout(deeds, new Set([chosen]), end);
					end = setTo ?? end;
					deeds = deeds
						.filter(({ id }) => id !== chosen)
						.map((deed) => rewritten.find(({ id }) => id === deed.id) ?? deed);
					assert.equal(end, deedsFrom(begin, ...deeds.map(({ action }) => action)).end);
				}
				assert.equal(end, begin);
			}),
		);
	});
});
