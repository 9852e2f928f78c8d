import { chown, mkdir, open, readFile, stat, truncate, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilingFolder, MailboxAddress } from '../mail-store.ts';
import { isMissing } from '../maildir/folders.ts';
import type { MboxMail } from '../../messages/mbox-format.ts';
import { readFully } from '../../messages/mbox-format.ts';
import { join as joinRange, piecesOf } from './purge.ts';
import type { Range } from './purge.ts';

/** Where the mails that are taken out of an mbox go: "{file}.CiviMail", which holds the mboxes "processed" and
 *  "ignored". */
export function mboxFilingPath({ source, filingFolder }: MailboxAddress): string {
	const parts = filingFolder.split(/[/\\.]+/).filter(Boolean);
	return [source, ...parts].join('.');
}

/** The filing folder of an mbox, with a diary in it that makes filing safe against a crash at any point: what is
 *  appended without being noted as done is cut off again, and what is noted as done is taken out of the source. */
export class MboxFolders {
	readonly path: string;
	private readonly source: string;
	private readonly diaryPath: string;

	constructor(address: MailboxAddress) {
		this.path = mboxFilingPath(address);
		this.source = address.source;
		this.diaryPath = join(this.path, 'moving');
	}

	mbox(under: FilingFolder): string {
		return join(this.path, under);
	}

	/** Where `takeOut` keeps its plan. */
	get planPath(): string {
		return join(this.path, 'rewriting');
	}

	/** Makes the folder and an mbox in it when they are missing, for whoever the source belongs to. */
	async make(under: FilingFolder): Promise<void> {
		const { mode, uid, gid } = await stat(this.source);
		// Who may read the mailbox may look into the folder.
		const folderMode = (mode & 0o777) | ((mode & 0o444) >> 2) | 0o700;
		const made = await mkdir(this.path, { recursive: true, mode: folderMode });
		const handle = await open(this.mbox(under), 'a', mode & 0o666);
		await handle.close();
		if (process.getuid?.() !== 0) return;
		if (made !== undefined) await chown(this.path, uid, gid);
		await chown(this.mbox(under), uid, gid);
	}

	/** Appends mails to an mbox of the folder and notes that it was done. Everything is on the disk at the end. */
	async append(source: FileHandle, mails: readonly MboxMail[], under: FilingFolder): Promise<void> {
		const target = await open(this.mbox(under), 'r+');
		try {
			const { size } = await target.stat();
			await this.note(`begin ${under} ${size}`);
			try {
				await appendMails(source, mails, target);
			} catch (error) {
				await target.truncate(size);
				throw error;
			}
			await this.note(`done ${mails.map(({ id }) => id).join(' ')}`);
		} finally {
			await target.close();
		}
	}

	/** Undoes what a crash left half done.
	 *  @returns the ids of mails that were filed and are perhaps still in the source */
	async recover(): Promise<Set<string>> {
		const lines = await this.diary();
		const done = new Set<string>();
		let begun: string[] | undefined;
		for (const line of lines) {
			const [word, ...rest] = line.split(' ');
			if (word === 'begin') begun = rest;
			if (word !== 'done') continue;
			begun = undefined;
			for (const id of rest) done.add(id);
		}
		const [under, size] = begun ?? [];
		if (under === 'processed' || under === 'ignored') {
			const now = await sizeOf(this.mbox(under));
			if (now > Number(size)) await truncate(this.mbox(under), Number(size));
		}
		return done;
	}

	/** All that was filed is out of the source. */
	async forget(): Promise<void> {
		try {
			await unlink(this.diaryPath);
		} catch (error) {
			if (!isMissing(error)) throw error;
		}
	}

	/** Whole lines only: a last one that was cut off was not noted. */
	private async diary(): Promise<string[]> {
		try {
			return (await readFile(this.diaryPath, 'latin1')).split('\n').slice(0, -1);
		} catch (error) {
			if (isMissing(error)) return [];
			throw error;
		}
	}

	private async note(line: string): Promise<void> {
		const handle = await open(this.diaryPath, 'a', 0o600);
		try {
			await handle.appendFile(`${line}\n`);
			await handle.sync();
		} finally {
			await handle.close();
		}
	}
}

/** Appends mails of one mbox to another as they are, each behind an empty line, and sees that they are on the disk. */
export async function appendMails(
	source: FileHandle,
	mails: readonly MboxMail[],
	target: FileHandle,
): Promise<void> {
	let at = (await target.stat()).size;
	const write = async (bytes: Buffer) => {
		await target.write(bytes, 0, bytes.length, at);
		at += bytes.length;
	};
	const ranges: Range[] = [];
	for (const mail of mails) joinRange(ranges, mail);
	for (const { start, end } of ranges) {
		await write(await missingNewlines(target, at));
		for await (const piece of piecesOf(source, start, end)) await write(piece);
	}
	await write(await missingNewlines(target, at));
	await target.sync();
}

async function missingNewlines(handle: FileHandle, end: number): Promise<Buffer> {
	if (end === 0) return Buffer.alloc(0);
	const tail = (await readFully(handle, Math.max(0, end - 3), 3)).toString('latin1');
	if (/\n\r?\n$/.test(tail)) return Buffer.alloc(0);
	return Buffer.from(tail.endsWith('\n') ? '\n' : '\n\n');
}

/** Bytes of a file; 0 when there is none. */
export async function sizeOf(path: string): Promise<number> {
	try {
		return (await stat(path)).size;
	} catch (error) {
		if (isMissing(error)) return 0;
		throw error;
	}
}
