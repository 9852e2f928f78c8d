import assert from 'node:assert/strict';
import { test } from 'vitest';
import { usualLimits } from '../../service/mailboxes/mail-store.ts';
import { oneAhead, planWindows } from '../../service/mailboxes/windows.ts';

const limits = { ...usualLimits, windowSize: 3, windowBytes: 100, readLimitBytes: 80 };

test('a window ends at its size in mails or in bytes, whichever comes first', () => {
	const mails = [10, 10, 10, 10, 60, 50, 5].map((sizeBytes) => ({ sizeBytes }));

	const sizes = planWindows(mails, limits).map((window) => window.map((mail) => mail.sizeBytes));

	assert.deepEqual(sizes, [
		[10, 10, 10],
		[10, 60],
		[50, 5],
	]);
});

test('a mail over the read limit counts only with what is read of it', () => {
	const mails = [5_000_000, 20, 5_000_000].map((sizeBytes) => ({ sizeBytes }));

	assert.deepEqual(
		planWindows(mails, limits).map((window) => window.length),
		[2, 1],
	);
});

test('no mails make no windows', () => {
	assert.deepEqual(planWindows([], limits), []);
});

test('the next window is asked for before the present one is worked on, and no more than one', async () => {
	let asked = 0;
	const seen: [working: number, asked: number][] = [];

	for await (const window of oneAhead(async () => (++asked > 3 ? undefined : asked))) {
		seen.push([window, asked]);
	}

	assert.deepEqual(seen, [
		[1, 2],
		[2, 3],
		[3, 4],
	]);
});

test('a failure comes up after what was fetched before it', async () => {
	let asked = 0;
	const seen: number[] = [];
	const run = async () => {
		for await (const window of oneAhead(async () => {
			if (++asked === 3) throw new Error('the line is dead');
			return asked;
		})) {
			seen.push(window);
		}
	};

	await assert.rejects(run(), /the line is dead/);
	assert.deepEqual(seen, [1, 2]);
});
