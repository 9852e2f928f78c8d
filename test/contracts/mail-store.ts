import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { usualLimits } from '../../service/mailboxes/mail-store.ts';
import type {
	FilingFolder,
	MailboxAddress,
	MailReading,
	MailStore,
	ReadingLimits,
	WaitingMail,
} from '../../service/mailboxes/mail-store.ts';
import { openMailbox } from '../../service/mailboxes/open-mailbox.ts';
import { testMailbox } from '../../service/mailboxes/test-connection.ts';

/** A mailbox of some protocol as the suite sees it: reached by its address, and watched from behind the server. */
export interface MailboxUnderTest {
	address: MailboxAddress;
	/** Mails arrive. */
	deliver(...mails: Buffer[]): void;
	/** Bytes of the mails that lie in the source now, in any order. */
	inSource(): Buffer[];
	/** Bytes of the mails that lie in a filing folder, in any order; none when there is no such folder. */
	filed(under: FilingFolder): Buffer[];
	/** How many mails of the source are marked as read, and of the ignored ones. */
	markedRead(): number;
	/** Whether the filing folders stand. */
	hasFilingFolders(): boolean;
	/** Removes mails behind the reader's back. */
	empty(): void;
}

export interface ContractOptions {
	/** The source of an address that does not exist, and the problem's name; absent where there is only one source. */
	missingSource?: { source: string; problem: string };
	/** The mailbox has no folders to file into. */
	isWithoutFolders?: boolean;
	/** False where ignored mails are deleted, so that none can come back. */
	bringsBack?: boolean;
	/** In an mbox every mail ends with a line. */
	endsWithLine?: boolean;
}

/** What every MailStore does, whatever its protocol (requirements B3, B5, B9–B11). */
export function mailStoreContract(
	name: string,
	aMailbox: () => MailboxUnderTest,
	{
		missingSource,
		isWithoutFolders = false,
		bringsBack = true,
		endsWithLine = false,
	}: ContractOptions,
): void {
	describe(name, () => {
		test('mails come oldest first, in windows of the size asked for', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(7));

			await reading(mailbox, { windowSize: 3 }, async (store) => {
				const windows = await allWindows(store);

				assert.deepEqual(
					windows.map((window) => window.map(subject)),
					[['1', '2', '3'], ['4', '5', '6'], ['7']],
				);
			});
		});

		/** What a protocol has not cannot be tried with it; it is no skipped test. */
		const testIf = (applies: unknown) => (applies ? test : () => undefined);

		testIf(bringsBack)('ignored mails are brought back, and read again', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(3));
			await reading(mailbox, {}, async (store) => {
				const [window = []] = await allWindows(store);
				await store.file(window.slice(0, 1), 'processed');
				await store.file(window.slice(1), 'ignored');
			});

			await reading(mailbox, {}, async (store) => {
				assert.equal(await store.countIgnored(), 2);
				assert.equal(await store.bringBackIgnored(), 2);
				assert.equal(await store.countIgnored(), 0);
				const windows = await allWindows(store);

				assert.deepEqual(windows.flat().map(subject).sort(), ['2', '3']);
				await store.file(windows.flat(), 'processed');
			});
			assert.equal(mailbox.filed('processed').length, 3);
			assert.equal(mailbox.filed('ignored').length, 0);
		});

		testIf(bringsBack)('ignored mails are read where they lie, and stay as they are', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(aMail('1'), aMail('2'), aBigMail('3'), aMail('4'));
			await reading(mailbox, {}, async (store) => {
				const [window = []] = await allWindows(store);
				await store.file(window.slice(1), 'ignored');
			});
			const filed = mailbox.filed('ignored').map(withoutCarriageReturns).sort();
			const limits = { windowSize: 2, readLimitBytes: 16 * 1024 };

			await reading(mailbox, limits, async (store) => {
				assert.equal((await allWindows(store)).flat().length, 1);
				const ignored = store.ignored();
				const whole: string[][] = [];
				for await (const window of ignored.windows()) {
					const inWindow: string[] = [];
					for (const mail of window) inWindow.push(await inPieces(ignored, mail, limits));
					whole.push(inWindow);
				}

				assert.deepEqual(
					whole.map((window) => window.length),
					[2, 1],
				);
				assert.deepEqual(
					whole.flat().sort(),
					['2', '4']
						.map((one) => withoutCarriageReturns(aMail(one)))
						.concat(withoutCarriageReturns(aBigMail('3')))
						.sort(),
				);
				assert.equal(await store.countIgnored(), 3);
			});
			assert.deepEqual(mailbox.filed('ignored').map(withoutCarriageReturns).sort(), filed);
			assert.deepEqual(subjects(mailbox.inSource()), ['1']);
			assert.equal(mailbox.markedRead(), 0);
		});

		testIf(bringsBack)(
			'who stops reading ignored mails early reads and files the others all the same',
			async () => {
				const mailbox = aMailbox();
				mailbox.deliver(...mails(6));
				await reading(mailbox, {}, async (store) => {
					const [window = []] = await allWindows(store);
					await store.file(window.slice(0, 5), 'ignored');
				});

				await reading(mailbox, { windowSize: 1 }, async (store) => {
					for await (const window of store.ignored().windows()) if (window.length > 0) break;
					const waiting = (await allWindows(store)).flat();

					assert.deepEqual(waiting.map(subject), ['6']);
					await store.file(waiting, 'processed');
				});
				assert.equal(mailbox.filed('ignored').length, 5);
				assert.equal(mailbox.filed('processed').length, 1);
			},
		);

		testIf(bringsBack)(
			'once all ignored mails are brought back, none is read as ignored',
			async () => {
				const mailbox = aMailbox();
				mailbox.deliver(...mails(2));
				await reading(mailbox, {}, async (store) => {
					await store.file((await allWindows(store)).flat(), 'ignored');
				});

				await reading(mailbox, {}, async (store) => {
					assert.equal(await store.bringBackIgnored(), 2);
					assert.deepEqual(await allWindows(store.ignored()), []);
					assert.equal((await allWindows(store)).flat().length, 2);
				});
			},
		);

		test('bringing back from a mailbox that never ignored anything brings nothing', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(1));

			await reading(mailbox, {}, async (store) => {
				assert.equal(await store.countIgnored(), 0);
				assert.deepEqual(await allWindows(store.ignored()), []);
				assert.equal(mailbox.hasFilingFolders(), false);
				assert.equal(await store.bringBackIgnored(), 0);
				assert.equal((await allWindows(store)).flat().length, 1);
			});
		});

		test('an empty mailbox has no windows', async () => {
			const mailbox = aMailbox();

			await reading(mailbox, {}, async (store) => {
				assert.equal(await store.countWaiting(), 0);
				assert.deepEqual(await allWindows(store), []);
			});
			assert.equal(mailbox.hasFilingFolders(), false);
		});

		test('it says how many mails wait, before and after filing', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(5));

			await reading(mailbox, { windowSize: 2 }, async (store) => {
				assert.equal(await store.countWaiting(), 5);
				for await (const window of store.windows()) await store.file(window, 'processed');
				assert.equal(await store.countWaiting(), 0);
			});
		});

		test('bytes come through as they are: eight bits, empty lines, dots and no final newline', async () => {
			const mailbox = aMailbox();
			const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte || 1));
			const awkward = [
				Buffer.concat([aMail('8-bit'), everyByte, Buffer.from('\r\nend')]),
				Buffer.from('Subject: dots\r\n\r\n.\r\n..\r\n) OK {5}\r\n* 1 FETCH (UID 1)\r\n'),
				Buffer.from('Subject: only a header\r\n\r\n'),
				Buffer.from('not a mail at all {12}'),
			];
			mailbox.deliver(...awkward);

			await reading(mailbox, {}, async (store) => {
				const [window] = await allWindows(store);

				assert.equal(window!.length, awkward.length);
				for (const [at, mail] of window!.entries()) {
					assert.deepEqual(
						withoutCarriageReturns(mail.bytes),
						withoutCarriageReturns(awkward[at]!).replace(/(?<!\n)$/, endsWithLine ? '\n' : ''),
					);
					assert.equal(mail.isTruncated, false);
					assert.equal(mail.sizeBytes, mail.bytes.length);
				}
			});
		});

		test('an empty file is read as an empty mail and can be filed', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(Buffer.alloc(0), aMail('after it'));

			await reading(mailbox, {}, async (store) => {
				const read = (await allWindows(store)).flat();

				assert.equal(read.length, 2);
				assert.equal(read[0]!.bytes.length, 0);
				await store.file(read, 'ignored');
			});
			assert.equal(mailbox.inSource().length, 0);
			assert.equal(mailbox.filed('ignored').length, 2);
		});

		test('reading marks nothing as read and makes no folder', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(3));

			await reading(mailbox, {}, allWindows);

			assert.equal(mailbox.markedRead(), 0);
			assert.equal(mailbox.inSource().length, 3);
			assert.equal(mailbox.hasFilingFolders(), false);
		});

		test('mails are filed under processed and ignored, and the folders are made', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(5));

			await reading(mailbox, {}, async (store) => {
				const [window] = await allWindows(store);
				await store.file([window![0]!, window![2]!, window![4]!], 'processed');
				await store.file([window![1]!], 'ignored');
			});

			assert.deepEqual(subjects(mailbox.filed('processed')), ['1', '3', '5']);
			assert.deepEqual(subjects(mailbox.filed('ignored')), ['2']);
			assert.deepEqual(subjects(mailbox.inSource()), ['4']);
		});

		test('filing the same mail twice, in one run or in two, files it once', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(2));
			let window: readonly WaitingMail[] = [];

			await reading(mailbox, {}, async (store) => {
				[window = []] = await allWindows(store);
				await store.file(window, 'processed');
				await store.file(window, 'processed');
			});
			await reading(mailbox, {}, (store) => store.file(window, 'ignored'));

			assert.deepEqual(subjects(mailbox.filed('processed')), ['1', '2']);
			assert.deepEqual(subjects(mailbox.filed('ignored')), []);
		});

		test('filing nothing does nothing', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(aMail('stays'));

			await reading(mailbox, {}, (store) => store.file([], 'processed'));

			assert.equal(mailbox.hasFilingFolders(), false);
			assert.equal(mailbox.inSource().length, 1);
		});

		test('mails keep their names from one opening to the next', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(3));
			const names = async (): Promise<string[]> =>
				(await reading(mailbox, {}, allWindows)).flat().map(({ id }) => id);

			const first = await names();

			assert.equal(new Set(first).size, 3);
			assert.deepEqual(await names(), first);
		});

		test('a mail that arrives during the run waits for the next', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(4));

			const seen = await reading(mailbox, { windowSize: 2 }, async (store) => {
				const seen: string[] = [];
				for await (const window of store.windows()) {
					if (seen.length === 0) mailbox.deliver(aMail('late'));
					seen.push(...window.map(subject));
					await store.file(window, 'processed');
				}
				return seen;
			});

			assert.deepEqual(seen, ['1', '2', '3', '4']);
			assert.deepEqual(subjects(mailbox.inSource()), ['late']);
			const next = await reading(mailbox, {}, allWindows);
			assert.deepEqual(next.flat().map(subject), ['late']);
		});

		test('a window can be filed while the next one is worked on', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(20));

			const seen = await reading(mailbox, { windowSize: 3 }, async (store) => {
				const seen: string[] = [];
				let filing = Promise.resolve();
				for await (const window of store.windows()) {
					seen.push(...window.map(subject));
					await filing;
					filing = store.file(window, 'processed');
				}
				await filing;
				return seen;
			});

			assert.equal(seen.length, 20);
			assert.equal(mailbox.filed('processed').length, 20);
			assert.equal(mailbox.inSource().length, 0);
		});

		test('closing lets a filing that was begun come to its end', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(6));
			let filing = Promise.resolve();

			await reading(mailbox, {}, async (store) => {
				const [window] = await allWindows(store);
				filing = store.file(window!, 'processed');
			});

			assert.equal(mailbox.filed('processed').length, 6);
			await filing;
		});

		test('who stops early leaves the rest where it is', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(6));

			await reading(mailbox, { windowSize: 2 }, async (store) => {
				for await (const window of store.windows()) {
					await store.file(window, 'processed');
					break;
				}
			});

			assert.deepEqual(subjects(mailbox.inSource()), ['3', '4', '5', '6']);
		});

		test('mails that vanish during the run are passed over', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(9));

			await reading(mailbox, { windowSize: 3 }, async (store) => {
				for await (const window of store.windows()) {
					mailbox.empty();
					await store.file(window, 'processed');
				}
			});

			assert.equal(mailbox.inSource().length, 0);
		});

		test('a mail over the limit comes with its beginning only, and the others whole', async () => {
			const mailbox = aMailbox();
			const big = Buffer.concat([aMail('2'), Buffer.from(`${'x'.repeat(78)}\r\n`.repeat(400_000))]);
			mailbox.deliver(aMail('1'), big, aMail('3'));
			const before = process.memoryUsage().rss;

			await reading(mailbox, { readLimitBytes: 64 * 1024 }, async (store) => {
				const read = (await allWindows(store)).flat();

				assert.deepEqual(
					read.map(({ isTruncated }) => isTruncated),
					[false, true, false],
				);
				assert.equal(read[1]!.bytes.length, 64 * 1024);
				assert.equal(read[1]!.sizeBytes, big.length);
				assert.deepEqual(read.map(subject), ['1', '2', '3']);
				await store.file(read, 'processed');
			});
			assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024);
			const filed = mailbox.filed('processed').map(withoutCarriageReturns);
			assert.ok(filed.includes(withoutCarriageReturns(big)));
		});

		test('big mails come whole in pieces, while the next window is on its way', async () => {
			const mailbox = aMailbox();
			const bigs = ['2', '3', '5'].map(aBigMail);
			mailbox.deliver(aMail('1'), bigs[0]!, bigs[1]!, aMail('4'), bigs[2]!);
			const limits = { windowSize: 2, readLimitBytes: 16 * 1024 };

			await reading(mailbox, limits, async (store) => {
				const whole: string[] = [];
				let filing = Promise.resolve();
				for await (const window of store.windows()) {
					for (const mail of window) whole.push(await inPieces(store, mail, limits));
					await filing;
					filing = store.file(window, 'processed');
				}
				await filing;

				const delivered = [aMail('1'), bigs[0]!, bigs[1]!, aMail('4'), bigs[2]!];
				assert.deepEqual(whole, delivered.map(withoutCarriageReturns));
			});
			assert.equal(mailbox.inSource().length, 0);
		});

		test('who stops in the middle of a big mail gets the next ones all the same', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...['1', '2', '3'].map(aBigMail));
			const limits = { windowSize: 1, readLimitBytes: 16 * 1024 };

			await reading(mailbox, limits, async (store) => {
				const ends: string[] = [];
				for await (const [mail] of store.windows()) {
					for await (const piece of store.pieces(mail!)) if (piece.length > 0) break;
					ends.push((await inPieces(store, mail!, limits)).slice(-10));
				}

				assert.deepEqual(ends, ['\n.\nend 1.\n', '\n.\nend 2.\n', '\n.\nend 3.\n']);
			});
		});

		test('a big mail that vanishes while it is read ends early, and the others come', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(aBigMail('1'), aMail('2'));
			const limits = { readLimitBytes: 16 * 1024 };

			await reading(mailbox, limits, async (store) => {
				const [window = []] = await allWindows(store);
				mailbox.empty();
				const beginning = withoutCarriageReturns(window[0]!.bytes);

				assert.ok((await inPieces(store, window[0]!, limits)).startsWith(beginning.slice(0, 1000)));
				assert.equal(await inPieces(store, window[1]!, limits), withoutCarriageReturns(aMail('2')));
				await store.file(window, 'processed');
			});
			assert.equal(mailbox.inSource().length, 0);
		});

		test('big mails make small windows', async () => {
			const mailbox = aMailbox();
			const body = Buffer.from(`${'x'.repeat(78)}\r\n`.repeat(500));
			mailbox.deliver(...mails(6).map((mail) => Buffer.concat([mail, body])));

			await reading(mailbox, { windowBytes: 100_000 }, async (store) => {
				const windows = await allWindows(store);

				assert.deepEqual(
					windows.map((window) => window.length),
					[2, 2, 2],
				);
			});
		});

		testIf(missingSource)('a missing source is named, also by the connection test', async () => {
			assert.ok(missingSource);
			const mailbox = aMailbox();
			const address = { ...mailbox.address, source: missingSource.source };

			await assert.rejects(openMailbox(address), {
				kind: 'mailbox-trouble',
				problem: missingSource.problem,
			});
			const report = await testMailbox(address);
			assert.equal(report.isWorking, false);
			assert.equal(report.problem, missingSource.problem);
		});

		test('the connection test finds the mails and leaves no trace', async () => {
			const mailbox = aMailbox();
			mailbox.deliver(...mails(3));

			const before = await testMailbox(mailbox.address);

			assert.equal(before.isWorking, true, before.sentence);
			assert.equal(before.waitingMails, 3);
			assert.equal(before.hasFilingFolders, isWithoutFolders ? undefined : false);
			assert.equal(mailbox.hasFilingFolders(), false);
			assert.equal(mailbox.markedRead(), 0);

			await reading(mailbox, {}, async (store) => {
				const [window] = await allWindows(store);
				await store.file(window!.slice(0, 1), 'processed');
				await store.file(window!.slice(1, 2), 'ignored');
			});
			const after = await testMailbox(mailbox.address);
			assert.equal(after.waitingMails, 1);
			assert.equal(after.hasFilingFolders, isWithoutFolders ? undefined : true);
		});
	});
}

/** Opens a mailbox, works with it, and closes it whatever happens. */
export async function reading<Result>(
	{ address }: Pick<MailboxUnderTest, 'address'>,
	limits: Partial<ReadingLimits>,
	work: (store: MailStore) => Promise<Result>,
): Promise<Result> {
	const store = await openMailbox(address, { ...usualLimits, ...limits });
	try {
		return await work(store);
	} finally {
		await store.close();
	}
}

export async function allWindows(store: MailReading): Promise<(readonly WaitingMail[])[]> {
	const windows: (readonly WaitingMail[])[] = [];
	// Their bytes are good for one window only.
	for await (const window of store.windows())
		windows.push(window.map((mail) => ({ ...mail, bytes: Buffer.from(mail.bytes) })));
	return windows;
}

/** Mails with the subjects "1", "2" … */
export function mails(count: number): Buffer[] {
	return Array.from({ length: count }, (_, at) => aMail(String(at + 1)));
}

export function aMail(subjectLine: string): Buffer {
	return Buffer.from(
		`From: someone@example.org\r\nSubject: ${subjectLine}\r\n\r\nThe body of ${subjectLine}.\r\n`,
	);
}

/** 300 KB with what is awkward on the wire: lines of a lone dot, every byte, a line that looks like an answer. */
function aBigMail(subjectLine: string): Buffer {
	const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte || 1));
	const lines = Buffer.from(`\r\n.\r\n+OK\r\n* 1 FETCH (UID 1)\r\n${'x'.repeat(978)}\r\n`);
	const part = Buffer.concat([everyByte, lines]);
	const parts = Array.from({ length: 240 }, () => part);
	return Buffer.concat([aMail(subjectLine), ...parts, Buffer.from(`.\r\nend ${subjectLine}.\r\n`)]);
}

/** All of a mail, its pieces no bigger than asked for. */
async function inPieces(
	store: MailReading,
	mail: WaitingMail,
	{ readLimitBytes }: Pick<ReadingLimits, 'readLimitBytes'>,
): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of store.pieces(mail)) {
		assert.ok(piece.length <= readLimitBytes, `a piece of ${piece.length} bytes`);
		// A copy, because a store may use its buffer again.
		pieces.push(Buffer.from(piece));
	}
	return withoutCarriageReturns(Buffer.concat(pieces));
}

function subject({ bytes }: { bytes: Buffer }): string {
	return /^Subject: (.*?)\r?$/m.exec(bytes.toString('latin1', 0, 500))?.[1] ?? '';
}

function subjects(found: readonly Buffer[]): string[] {
	return found.map((bytes) => subject({ bytes })).sort();
}

/** Servers may write a bare LF as CRLF; nothing else may change. */
function withoutCarriageReturns(bytes: Buffer): string {
	return bytes.toString('latin1').replace(/\r\n/g, '\n');
}
