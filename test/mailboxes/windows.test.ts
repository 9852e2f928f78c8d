import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { usualLimits } from '../../service/mailboxes/mail-store.ts';
import { oneAhead, planWindows, severalAhead } from '../../service/mailboxes/windows.ts';

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

describe('several windows ahead', () => {
	async function* plans(...sizes: number[]) {
		yield* sizes;
	}
	const bytes = { sizeOf: (size: number) => size, mostBytes: 100, most: 3 };

	test('as many are under way as are allowed, while the first is worked on', async () => {
		const asked: number[] = [];
		const fetch = async (size: number) => asked.push(size);
		const windows = severalAhead(plans(1, 2, 3, 4, 5), fetch, bytes);

		assert.deepEqual(await windows.next(), { done: false, value: 1 });

		assert.deepEqual(asked, [1, 2, 3]);
	});

	test('big ones wait until those before them have come, but one always goes', async () => {
		const asked: number[] = [];
		const fetch = async (size: number) => asked.push(size);
		const windows = severalAhead(plans(500, 60, 60, 1), fetch, bytes);

		await windows.next();
		assert.deepEqual(asked, [500]);
		await windows.next();
		assert.deepEqual(asked, [500, 60, 60]);
	});

	test('when the plans fail, what was asked for before still comes', async () => {
		async function* failing() {
			yield* [1, 2];
			throw new Error('the line is dead');
		}
		const seen: number[] = [];
		const run = async () => {
			for await (const window of severalAhead(failing(), async (size) => size, bytes))
				seen.push(window);
		};

		await assert.rejects(run(), /the line is dead/);
		assert.deepEqual(seen, [1, 2]);
	});
});
