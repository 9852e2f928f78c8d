import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import { aMaildirAddress } from '../mailboxes/a-maildir-address.ts';
import { mailStoreContract } from './mail-store.ts';
import type { MailboxUnderTest } from './mail-store.ts';

const root = mkdtempSync(join(tmpdir(), 'rc-eml-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

const missingSource = { source: join(root, 'nothing-here'), problem: 'folder-missing' };
const plain = { ending: '.eml', write: (mail: Buffer) => mail, read: (bytes: Buffer) => bytes };
mailStoreContract('A folder of .eml files', () => aFolder(plain), { missingSource });

/** What is filed and what stays is watched unpacked. */
const packed = {
	ending: '.eml.gz',
	write: (mail: Buffer) => gzipSync(mail, { level: 1 }),
	read: (bytes: Buffer) => unpackedBytes.get(bytes.toString('latin1'))!,
};
const unpackedBytes = new Map<string, Buffer>();
mailStoreContract('A folder of .eml.gz files', () => aFolder(packed), { missingSource });

function aFolder({ ending, write, read }: typeof plain): MailboxUnderTest {
	const path = join(root, `folder-${++count}`);
	mkdirSync(path);
	let delivered = 0;
	const filed = (under: string) => join(path, 'CiviMail', under);
	const files = (folder: string): string[] =>
		existsSync(folder)
			? readdirSync(folder)
					.filter((name) => name.endsWith(ending))
					.map((name) => join(folder, name))
			: [];
	const mails = (folder: string) => files(folder).map((file) => read(readFileSync(file)));
	return {
		address: { ...aMaildirAddress(path), protocol: 'eml-folder' },
		deliver: (...added) => {
			for (const mail of added) {
				const bytes = write(mail);
				unpackedBytes.set(bytes.toString('latin1'), mail);
				writeFileSync(join(path, `mail ${String(++delivered).padStart(4, '0')}${ending}`), bytes);
			}
		},
		inSource: () => mails(path),
		filed: (under) => mails(filed(under)),
		markedRead: () => 0,
		hasFilingFolders: () => existsSync(filed('processed')) || existsSync(filed('ignored')),
		empty: () => files(path).forEach((file) => rmSync(file)),
	};
}
