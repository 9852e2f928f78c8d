import assert from 'node:assert/strict';
import { afterEach, beforeEach, test, vi } from 'vitest';
import { Turns } from '../service/turns.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Two at a time, and whoever waits for two seconds steps aside. */
function aLine() {
	const turns = new Turns({ atOnce: 2, patienceMs: 2_000 });
	const began: string[] = [];
	const begin = async (name: string, isUrgent = false) => {
		const turn = await turns.begin({ isUrgent });
		began.push(name);
		return turn;
	};
	return { began, begin };
}

const never = new Promise<never>(() => undefined);

test('so many work at a time, and the others come in the order in which they asked', async () => {
	const { began, begin } = aLine();
	const [first] = await Promise.all([begin('one'), begin('two')]);
	const third = begin('three');
	void begin('four');
	await vi.advanceTimersByTimeAsync(60_000);
	assert.deepEqual(began, ['one', 'two']);

	first.end();
	await third;

	assert.deepEqual(began, ['one', 'two', 'three']);
});

test('whoever sits and waits comes first', async () => {
	const { began, begin } = aLine();
	const [first] = await Promise.all([begin('one'), begin('two')]);
	void begin('by itself');
	const urgent = begin('by hand', true);

	first.end();
	await urgent;

	assert.deepEqual(began, ['one', 'two', 'by hand']);
});

test('those that hang step aside, and come back in when it is their turn again', async () => {
	const { began, begin } = aLine();
	let answer: (word: string) => void = () => undefined;
	const [one, two] = await Promise.all([begin('one'), begin('two')]);
	const heard = one.waitFor(new Promise<string>((resolve) => (answer = resolve)));
	void two.waitFor(never);
	const [three, four] = await Promise.all([
		begin('three'),
		begin('four'),
		vi.advanceTimersByTimeAsync(2_000),
	]);

	let isIn = false;
	void heard.then(() => (isIn = true));
	answer('hello');
	await vi.advanceTimersByTimeAsync(0);
	assert.equal(isIn, false);
	three.end();

	assert.equal(await heard, 'hello');
	assert.deepEqual(began, ['one', 'two', 'three', 'four']);
	four.end();
});

test('what comes soon, or fails, leaves the line as it is', async () => {
	const { began, begin } = aLine();
	const [one, two] = await Promise.all([begin('one'), begin('two')]);
	await one.waitFor(Promise.resolve());
	await assert.rejects(two.waitFor(Promise.reject(new Error('Refused'))), /Refused/);
	const three = begin('three');
	await vi.advanceTimersByTimeAsync(60_000);
	assert.deepEqual(began, ['one', 'two']);

	two.end();
	two.end();
	await three;
	void begin('four');
	await vi.advanceTimersByTimeAsync(60_000);

	assert.deepEqual(began, ['one', 'two', 'three']);
});
