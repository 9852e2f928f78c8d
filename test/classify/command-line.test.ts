import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClassifiedLine } from '../../service/cli/classify.ts';
import { classifyCommand } from '../../service/cli/classify.ts';
import { replayCommand } from '../../service/cli/replay.ts';

const bounce = `Return-Path: <>
From: MAILER-DAEMON@mail.example
To: return@example.org
Subject: failure notice

Hi. This is the qmail-send program at mail.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<anna@mail.example>:
Sorry, no mailbox here by that name. (#5.1.1)
`;
const full = bounce.replace(
	'Sorry, no mailbox here by that name. (#5.1.1)',
	'552 5.2.2 mailbox full',
);
const letter =
	'From: ben@mail.example\nTo: return@example.org\nSubject: Hello\n\nThank you for the news.\n';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'classify-'));
	mkdirSync(join(folder, 'inner'));
	writeFileSync(join(folder, 'inner', 'bounce.eml'), bounce);
	writeFileSync(join(folder, 'letter.eml'), letter);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(command: typeof classifyCommand, ...argv: string[]) {
	const lines: string[] = [];
	const status = await command(argv, { write: (line) => lines.push(line) });
	return { status, lines };
}

test('packed mails and mboxes are read as plain ones', async () => {
	const line = 'From alice@example.org Thu Apr 29 23:34:45 2027\n';
	writeFileSync(join(folder, 'a.eml.gz'), gzipSync(bounce));
	writeFileSync(
		join(folder, 'b.mbox.gz'),
		gzipSync(`${line}${bounce}\n${line}${letter}\n${line}${full}\n`),
	);

	const packed = await run(classifyCommand, join(folder, 'a.eml.gz'), join(folder, 'b.mbox.gz'));

	expect(packed.lines.map((text) => text.split(': ').slice(0, 2).join(' '))).toEqual([
		'a.eml.gz bounce',
		'b.mbox.gz#1 bounce',
		expect.stringMatching(/^b\.mbox\.gz#2 (?!bounce)/),
		'b.mbox.gz#3 bounce',
	]);
});

test('a packed file that is damaged is named', async () => {
	writeFileSync(join(folder, 'cut.eml.gz'), gzipSync(bounce).subarray(0, 50));

	await expect(run(classifyCommand, join(folder, 'cut.eml.gz'))).rejects.toThrow(/cut.*damaged/);
});

describe('classify --jsonl', () => {
	test('prints a line for each mail of a folder, whose id is the path in the folder', async () => {
		const { status, lines } = await run(classifyCommand, '--jsonl', folder);

		expect(status).toBe(0);
		const [first, second] = lines.map((line) => JSON.parse(line) as ClassifiedLine);
		expect(first).toMatchObject({
			id: 'inner/bounce.eml',
			kind: 'bounce',
			recipients: ['anna@mail.example'],
			type: 'Invalid',
			reason: 'user-unknown',
			fault: 'address',
			status: '5.1.1',
			hold_now: true,
		});
		expect(first?.per_recipient).toHaveLength(1);
		expect(second).toMatchObject({
			id: 'letter.eml',
			kind: 'not-bounce',
			recipients: [],
			type: null,
			hold_now: false,
		});
	});

	test('does not hold at once for a full mailbox', async () => {
		writeFileSync(join(folder, 'full.eml'), full);

		const { lines } = await run(classifyCommand, '--jsonl', join(folder, 'full.eml'));

		expect(JSON.parse(lines[0]!)).toMatchObject({ id: 'full.eml', type: 'Quota', hold_now: false });
	});

	test('takes the mails of an mbox one by one', async () => {
		const from = 'From MAILER-DAEMON Thu Nov  5 10:00:00 2026\n';
		writeFileSync(join(folder, 'spool.mbox'), `${from}${bounce}\n${from}${full}\n`);

		const { lines } = await run(classifyCommand, '--jsonl', join(folder, 'spool.mbox'));

		expect(lines.map((line) => (JSON.parse(line) as ClassifiedLine).type)).toEqual([
			'Invalid',
			'Quota',
		]);
	});

	test('without a file says how to use it', async () => {
		const { status, lines } = await run(classifyCommand, '--jsonl');

		expect(status).toBe(2);
		expect(lines[0]).toContain('Usage');
	});
});

test('replay explains one mail in words', async () => {
	const { status, lines } = await run(replayCommand, join(folder, 'inner', 'bounce.eml'));

	expect(status).toBe(0);
	const text = lines.join('\n');
	expect(text).toContain('A bounce: the mail was not delivered.');
	expect(text).toContain('anna@mail.example: User unknown (type Invalid, fault: address)');
	expect(text).toContain('It would hold the address at once');
});
