import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { uidSets } from '../../service/mailboxes/imap/uid-sets.ts';

test('neighbours become ranges', () => {
	assert.deepEqual(uidSets([4, 5, 6, 9, 11, 12]), ['4:6,9,11:12']);
	assert.deepEqual(uidSets([7]), ['7']);
	assert.deepEqual(uidSets([]), []);
});

test('every UID is in exactly one set, and no set is too long for a command line', () => {
	const uids = fc.uniqueArray(fc.integer({ min: 1, max: 4_294_967_295 }), { maxLength: 3_000 });

	fc.assert(
		fc.property(uids, (unsorted) => {
			const sorted = [...unsorted].sort((a, b) => a - b);

			const sets = uidSets(sorted);

			assert.deepEqual(sets.flatMap(members), sorted);
			assert.ok(sets.every((set) => set.length <= 7_600));
		}),
		{ numRuns: 50 },
	);
});

function members(set: string): number[] {
	return set.split(',').flatMap((range) => {
		const [first, last = first] = range.split(':').map(Number);
		return Array.from({ length: last! - first! + 1 }, (_, at) => first! + at);
	});
}
