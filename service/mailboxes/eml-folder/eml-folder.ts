import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import { access, chown, mkdir, open, readdir, rename, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { atOnce } from '../at-once.ts';
import { diagnose, trouble } from '../diagnosis.ts';
import { readMailFile, restOfMailFile } from './eml-file.ts';
import type {
	FilingFolder,
	MailboxAddress,
	MailReading,
	MailStore,
	NamedMail,
	ReadingLimits,
	WaitingMail,
} from '../mail-store.ts';
import { isMissing } from '../maildir/folders.ts';
import { oneAhead, planWindows, readIfAny } from '../windows.ts';

/** Opens a folder in which each file `*.eml` or `*.eml.gz` is a mail; other files, and those in folders inside, are left
 *  alone. Mails that are done are moved to folders inside.
 *  @throws ServiceError "folder-missing", "not-a-folder", "no-permission" or "read-only-folder" */
export async function openEmlFolder(
	address: MailboxAddress,
	limits: ReadingLimits,
): Promise<MailStore> {
	await lookAtFolder(address);
	return new EmlFolder(address, limits);
}

/** Where mails that are done go: "{source}/CiviMail/processed". */
export function emlFilingPath(
	{ source, filingFolder }: MailboxAddress,
	under: FilingFolder,
): string {
	return join(source, ...filingFolder.split(/[/\\.]+/).filter(Boolean), under);
}

/** A file that is a mail. */
interface EmlFile {
	file: string;
	/** Of the mail; of a packed one, what its file says. */
	sizeBytes: number;
	changedMs: number;
}

type Sameness = Pick<Stats, 'size' | 'mtimeMs'>;

class EmlFolder implements MailStore {
	readonly name: string;
	private readonly address: MailboxAddress;
	private readonly limits: ReadingLimits;
	/** How each file was when it was read, by name: tells whether it is still the same. */
	private readonly read = new Map<string, Sameness>();
	private filings: Promise<unknown> = Promise.resolve();

	constructor(address: MailboxAddress, limits: ReadingLimits) {
		this.name = `the folder ${address.source}`;
		this.address = address;
		this.limits = limits;
	}

	async countWaiting(): Promise<number> {
		return (await this.inWords(namesIn(this.address.source))).length;
	}

	async *windows(): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		const planned = planWindows(await this.inWords(this.list()), this.limits);
		const next = async (): Promise<readonly WaitingMail[] | undefined> => {
			for (;;) {
				const plan = planned.shift();
				if (!plan) return undefined;
				const mails = await atOnce(plan, (file) => this.readOne(file));
				const window = mails.flatMap((mail) => mail ?? []);
				if (window.length > 0) return window;
			}
		};
		yield* oneAhead(() => this.inWords(next()));
	}

	async *pieces(mail: WaitingMail): AsyncGenerator<Buffer, void, undefined> {
		yield mail.bytes;
		if (!mail.isTruncated) return;
		const handle = await this.inWords(unlessGone(openOnlyFile(this.path(mail.id))));
		if (!handle) return;
		try {
			yield* restOfMailFile(handle, mail.bytes.length, this.limits.readLimitBytes);
		} catch (error) {
			throw diagnose(error, this.address);
		} finally {
			await handle.close();
		}
	}

	file(mails: readonly NamedMail[], under: FilingFolder): Promise<void> {
		const filing = this.inWords(this.moveAll(mails, under));
		this.filings = Promise.allSettled([this.filings, filing]);
		return filing;
	}

	bringBackIgnored(): Promise<number> {
		return this.inWords(this.giveBack());
	}

	async countIgnored(): Promise<number> {
		const names = unlessGone(namesIn(emlFilingPath(this.address, 'ignored')));
		return ((await this.inWords(names)) ?? []).length;
	}

	ignored(): MailReading {
		const source = emlFilingPath(this.address, 'ignored');
		return readIfAny(this, new EmlFolder({ ...this.address, source }, this.limits));
	}

	/** Lets filings that are under way come to their end. */
	async close(): Promise<void> {
		await this.filings;
		this.read.clear();
	}

	/** Oldest first by the time of the file, then by name, as exports number their files. */
	private async list(): Promise<EmlFile[]> {
		const found = await atOnce(await namesIn(this.address.source), async (file) => {
			const stats = await unlessGone(stat(this.path(file)));
			if (!stats) return undefined;
			const sizeBytes = isPacked(file)
				? await unlessGone(this.unpackedSize(file, stats.size))
				: stats.size;
			return { file, sizeBytes: sizeBytes ?? 0, changedMs: stats.mtimeMs };
		});
		return found
			.flatMap((file) => file ?? [])
			.sort((a, b) => a.changedMs - b.changedMs || (a.file < b.file ? -1 : 1));
	}

	/** What a packed file says it becomes (RFC 1952 §2.3.1, ISIZE): good enough to plan windows by. */
	private async unpackedSize(file: string, size: number): Promise<number> {
		const handle = await openOnlyFile(this.path(file));
		try {
			const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, Math.max(0, size - 4));
			return Math.max(size, bytesRead === 4 ? buffer.readUInt32LE() : 0);
		} finally {
			await handle.close();
		}
	}

	private async readOne({ file }: EmlFile): Promise<WaitingMail | undefined> {
		const handle = await unlessGone(openOnlyFile(this.path(file)));
		if (!handle) return undefined;
		try {
			const { size, mtime, mtimeMs } = await handle.stat();
			this.read.set(file, { size, mtimeMs });
			const mail = await readMailFile(handle, this.limits.readLimitBytes);
			return { id: file, receivedAt: mtime, ...mail };
		} finally {
			await handle.close();
		}
	}

	private async moveAll(mails: readonly NamedMail[], under: FilingFolder): Promise<void> {
		const { source } = this.address;
		if (mails.length === 0) return;
		const target = emlFilingPath(this.address, under);
		await makeLike(target, source);
		await atOnce(mails, async ({ id }) => {
			const now = await unlessGone(stat(this.path(id)));
			// A file that somebody still writes was read half: it comes again when it is whole.
			if (!now || !isAsRead(this.read.get(id), now)) return;
			await unlessGone(rename(this.path(id), await freePath(target, id)));
			this.read.delete(id);
		});
	}

	private async giveBack(): Promise<number> {
		const ignored = emlFilingPath(this.address, 'ignored');
		const names = (await unlessGone(namesIn(ignored))) ?? [];
		await atOnce(names, async (name) =>
			rename(join(ignored, name), await freePath(this.address.source, name)),
		);
		return names.length;
	}

	private path(file: string): string {
		return join(this.address.source, file);
	}

	private async inWords<T>(work: Promise<T>): Promise<T> {
		try {
			return await work;
		} catch (error) {
			throw diagnose(error, this.address);
		}
	}
}

async function lookAtFolder(address: MailboxAddress): Promise<void> {
	const path = address.source;
	try {
		const found = isAbsolute(path) ? await unlessGone(stat(path)) : undefined;
		if (!found) {
			throw trouble(
				'folder-missing',
				`There is no folder ${path || '(empty path)'} on the machine that the service runs on. The source of such an account is the folder's whole path, such as /home/bounce/mails.`,
			);
		}
		if (!found.isDirectory()) {
			throw trouble(
				'not-a-folder',
				`${path} is a file, not a folder of .eml files. If it holds many mails one after the other, choose the protocol “mbox”.`,
			);
		}
		await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
	} catch (error) {
		throw diagnose(error, address);
	}
}

/** The mails of a folder by name. Programs write a file under another name first (".x.eml", "x.eml.part", "x.eml.tmp")
 *  and rename it when it is whole. */
async function namesIn(folder: string): Promise<string[]> {
	const inside = await readdir(folder, { withFileTypes: true });
	return inside
		.filter((entry) => entry.isFile() && /^[^.].*\.eml(\.gz)?$/is.test(entry.name))
		.map(({ name }) => name);
}

function isPacked(file: string): boolean {
	return /\.gz$/i.test(file);
}

/** Opens a mail, not through a link: whoever can write into the folder must not choose which files are read. */
function openOnlyFile(path: string): Promise<FileHandle> {
	return open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
}

function isAsRead(read: Sameness | undefined, now: Sameness): boolean {
	return !read || (read.size === now.size && read.mtimeMs === now.mtimeMs);
}

/** Makes a folder that whoever can read the source can read. */
async function makeLike(path: string, source: string): Promise<void> {
	const { mode, uid, gid } = await stat(source);
	const made = await mkdir(path, { recursive: true, mode: mode & 0o777 });
	if (made === undefined || process.getuid?.() !== 0) return;
	// Root makes them for the folder's owner: all that are new, from the innermost outwards.
	for (let folder = path; folder.length >= made.length; folder = join(folder, '..')) {
		await chown(folder, uid, gid);
	}
}

/** The same name in the target; another when a mail of this name was filed before, so that none is overwritten. */
async function freePath(target: string, name: string): Promise<string> {
	const [, stem = name, ending = ''] = /^(.*?)(\.eml(?:\.gz)?)$/is.exec(name) ?? [];
	for (let count = 0; ; count++) {
		const path = join(target, count === 0 ? name : `${stem}_${count}${ending}`);
		if ((await unlessGone(access(path).then(() => true))) === undefined) return path;
	}
}

async function unlessGone<Result>(work: Promise<Result>): Promise<Result | undefined> {
	try {
		return await work;
	} catch (error) {
		if (isMissing(error)) return undefined;
		throw error;
	}
}
