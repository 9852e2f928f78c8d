import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { aMail } from '../contracts/mail-store.ts';
import { bundled } from '../support/bundled.ts';
import { mboxOnDisk } from '../support/mbox-on-disk.ts';

const root = mkdtempSync(join(tmpdir(), 'rc-mbox-crash-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let program = '';
beforeAll(async () => {
	program = await bundled(join(import.meta.dirname, '../support/file-mbox-and-die.ts'));
});

/** Whatever is left of the file after a kill is met by mail that comes in before the next run. */
test('killed in the middle of any write, an mbox loses no mail and has none twice', async () => {
	const writes = Number((await file(anMbox('whole').path, 0)).output);
	assert.ok(writes > 50, `only ${writes} writes`);
	const points = Array.from({ length: 16 }, (_, at) => 1 + Math.floor((at * (writes - 1)) / 15));

	let at = 0;
	const lane = async () => {
		while (at < points.length) await tryKill(points[at++]!);
	};
	await Promise.all([lane(), lane()]);
}, 120_000);

async function tryKill(point: number): Promise<void> {
	const mbox = anMbox(`killed-at-${point}`);
	const { signal } = await file(mbox.path, point);
	assert.equal(signal, 'SIGKILL', `at write ${point}`);
	mbox.deliver(aMail('1001'), aMail('1002'));
	await file(mbox.path, 0);

	const found = [
		mbox,
		mboxOnDisk(join(`${mbox.path}.CiviMail`, 'processed')),
		mboxOnDisk(join(`${mbox.path}.CiviMail`, 'ignored')),
	].flatMap((folder) => folder.mails().map(String));
	const expected = [...mails, aMail('1001'), aMail('1002')].map(String);
	assert.deepEqual(found.sort(), expected.sort(), `killed at write ${point}`);
}

const mails = Array.from({ length: 34 }, (_, at) => aMail(String(at + 1)));

function anMbox(name: string) {
	const mbox = mboxOnDisk(join(root, name));
	mbox.deliver(...mails);
	return mbox;
}

function file(path: string, deadly: number): Promise<{ signal: string | null; output: string }> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [program, path, String(deadly)], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		let output = '';
		child.stdout.on('data', (data: Buffer) => (output += data.toString()));
		child.on('error', reject);
		child.on('close', (code, signal) =>
			code === 0 || signal ? resolve({ signal, output }) : reject(new Error(`exit ${code}`)),
		);
	});
}
