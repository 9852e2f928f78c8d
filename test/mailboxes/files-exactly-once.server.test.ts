import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { AccountFields } from '../../service/contract/account.ts';
import { bundled } from '../support/bundled.ts';
import { mboxOnDisk } from '../support/mbox-on-disk.ts';
import { aMaildirAddress } from './a-maildir-address.ts';
import {
	aBounceAccount,
	countDone,
	doneWith,
	fetchBounces,
	openSite,
	runAndDie,
	threeMails,
	twoAtATime,
} from './exactly-once.ts';

/** Times three mails; windows of ten make three of them. */
const rounds = 8;

let folder: string;
let program: string;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'return-channel-files-'));
	program = await bundled(join(import.meta.dirname, '../support/run-and-die.ts'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Place {
	account: Partial<AccountFields>;
	deliver(mails: readonly Buffer[]): void;
	/** Mails in the source and in the filing folders now. */
	lie(): { source: number; processed: number; ignored: number };
	/** Where they lie when all is done. */
	expected: { source: number; processed: number; ignored: number };
}

const places: Record<string, (path: string) => Place> = {
	'an mbox that mails are taken out of': (path) => anMbox(path, true),
	'an mbox that is left as it is': (path) => anMbox(path, false),
	'a folder of .eml files': anEmlFolder,
};

describe('a process that is killed at any step of a run, early, in the middle or late, and a second run', () => {
	for (const [nth, [what, aPlace]] of Object.entries(places).entries()) {
		test(`lose nothing and count and file nothing twice in ${what}`, async () => {
			const prepared = await prepare(nth, aPlace);
			const alive = await copyOf(prepared, 'alive');
			const { steps } = await runAndDie(program, alive);
			await assertDone(alive, 'killed nowhere');
			const deadly = steps.filter(([step]) => /mailbox|window|filing|commit/.test(step));
			assert.ok(deadly.length >= 8, deadly.map(([step]) => step).join(', '));

			const deaths = deadly.map(([step, times], at) => {
				// What is early in one kind of file is the middle in the next, and late in the third.
				const occurrence = [1, Math.ceil(times / 2), times][(at + nth) % 3]!;
				return { step, occurrence };
			});
			await twoAtATime(deaths, async ({ step, occurrence }) => {
				const scene = await copyOf(prepared, step);
				const { signal } = await runAndDie(program, scene, step, String(occurrence));
				assert.equal(signal, 'SIGKILL', `not killed ${step}, time ${occurrence}`);
				const { source, processed, ignored } = scene.place.lie();
				assert.ok(source + processed + ignored >= 3 * rounds, `a mail is gone: ${step}`);
				await assertDone(scene, `killed ${step}, time ${occurrence}`);
			});
		}, 300_000);
	}
});

/** A site and its mails in a folder of their own. */
interface Scene {
	path: string;
	database: string;
	mailFolder: string;
	place: Place;
	aPlace: (path: string) => Place;
}

function aScene(name: string, aPlace: Scene['aPlace']): Scene {
	const path = join(folder, name);
	mkdirSync(path, { recursive: true });
	const place = aPlace(join(path, 'source'));
	return { path, database: join(path, 'service.sqlite'), mailFolder: folder, place, aPlace };
}

async function prepare(nth: number, aPlace: Scene['aPlace']): Promise<Scene> {
	const scene = aScene(`prepared-${nth}`, aPlace);
	const { site, db } = await openSite(scene.database, [folder]);
	const address = aMaildirAddress(join(scene.path, 'source'));
	await site.accounts.add({ ...aBounceAccount(address), ...scene.place.account });
	for (let round = 0; round < rounds; round++) scene.place.deliver(await threeMails(site, round));
	await db.destroy();
	return scene;
}

async function copyOf({ path, aPlace }: Scene, name: string): Promise<Scene> {
	const copy = `${basename(path)}-${name.replace(/\W/g, '-')}`;
	cpSync(path, join(folder, copy), { recursive: true });
	const scene = aScene(copy, aPlace);
	const { db } = await openSite(scene.database, [folder]);
	await db
		.updateTable('accounts')
		.set({ source: join(scene.path, 'source') })
		.execute();
	await db.destroy();
	return scene;
}

async function assertDone({ database, place }: Scene, what: string): Promise<void> {
	const { site, db } = await openSite(database, [folder]);
	const { state, sentence } = await fetchBounces(site);
	assert.equal(state, 'done', `${what}: ${sentence}`);
	assert.deepEqual(await countDone(db), doneWith(rounds), what);
	assert.deepEqual(place.lie(), place.expected, what);
	await db.destroy();
}

function anMbox(path: string, isPurged: boolean): Place {
	const source = mboxOnDisk(path);
	const filed = (under: string) => mboxOnDisk(join(`${path}.CiviMail`, under)).mails().length;
	return {
		account: { protocol: 'mbox', purgeProcessed: isPurged, purgeUnprocessed: isPurged },
		deliver: (mails) => source.deliver(...mails),
		lie: () => ({
			source: source.mails().length,
			processed: filed('processed'),
			ignored: filed('ignored'),
		}),
		expected: isPurged
			? { source: 0, processed: 2 * rounds, ignored: rounds }
			: { source: 3 * rounds, processed: 0, ignored: 0 },
	};
}

function anEmlFolder(path: string): Place {
	mkdirSync(path, { recursive: true });
	let delivered = 0;
	const emls = (...parts: string[]) =>
		readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(
			(file) => file.endsWith('.eml') && join(file, '..') === join('.', ...parts),
		).length;
	return {
		account: { protocol: 'eml-folder' },
		deliver: (mails) => {
			for (const mail of mails)
				writeFileSync(join(path, `${String(++delivered).padStart(3, '0')}.eml`), mail);
		},
		lie: () => ({
			source: emls(),
			processed: emls('CiviMail', 'processed'),
			ignored: emls('CiviMail', 'ignored'),
		}),
		expected: { source: 0, processed: 2 * rounds, ignored: rounds },
	};
}
