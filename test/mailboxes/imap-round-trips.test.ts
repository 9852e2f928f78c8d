import assert from 'node:assert/strict';
import { test } from 'vitest';
import { usualLimits } from '../../service/mailboxes/mail-store.ts';
import { openMailbox } from '../../service/mailboxes/open-mailbox.ts';
import { startScriptedImap } from './scripted-imap.ts';
import type { ScriptedImap } from './scripted-imap.ts';

test('a thousand mails are read and filed while a far server is waited for at most 25 times', async () => {
	const server = await aServerWith(1_000);

	assert.equal(await readAndFileAll(server), 1_000);

	assert.ok(server.rounds() <= 25, `waited ${server.rounds()} times:\n${shortly(server)}`);
});

test('three times as many mails are waited for no more often than their windows', async () => {
	const [some, more] = [await aServerWith(1_000), await aServerWith(3_000)];

	await readAndFileAll(some);
	await readAndFileAll(more);

	const furtherWindows = Math.ceil(2_000 / usualLimits.windowSize);
	assert.ok(
		more.rounds() - some.rounds() <= furtherWindows,
		`waited ${some.rounds()} and ${more.rounds()} times:\n${shortly(more)}`,
	);
});

test('looking into a mailbox where nothing is new takes at most ten waits', async () => {
	const server = await aServerWith(0);

	assert.equal(await readAndFileAll(server), 0);

	assert.ok(server.rounds() <= 10, `waited ${server.rounds()} times:\n${shortly(server)}`);
});

/** What a run does, without deciding anything. @returns how many mails it read */
async function readAndFileAll({ address }: ScriptedImap): Promise<number> {
	const store = await openMailbox(address, usualLimits);
	let read = 0;
	let filing: Promise<void> = Promise.resolve();
	await store.countWaiting();
	for await (const window of store.windows()) {
		read += window.length;
		await filing;
		filing = store.file(window, 'processed');
	}
	await filing;
	await store.close();
	return read;
}

function aServerWith(mails: number): Promise<ScriptedImap> {
	const uids = Array.from({ length: mails }, (_, at) => at + 1);
	const answers = (set: string, items: string) => {
		const [first = 0, last = first] = set.split(':').map(Number);
		return [
			...uids.slice(first - 1, last).map((uid) => `* ${uid} FETCH (UID ${uid} ${items})`),
			'OK',
		];
	};
	return startScriptedImap(
		[
			[
				/^SELECT/,
				() => [`* ${mails} EXISTS`, '* OK [UIDVALIDITY 7] numbered', 'OK [READ-WRITE] open'],
			],
			[/^UID SEARCH UNDELETED/, () => [`* SEARCH ${uids.join(' ')}`, 'OK']],
			[/^UID FETCH (\S+) \(UID RFC822/, ([, set]) => answers(set!, 'RFC822.SIZE 4')],
			[/^UID FETCH (\S+) \(UID BODY/, ([, set]) => answers(set!, 'BODY[] "mail"')],
		],
		undefined,
		{ inRounds: true },
	);
}

/** The commands without the long sets. */
function shortly({ commands }: ScriptedImap): string {
	return commands.map((command) => command.slice(0, 60)).join('\n');
}
