import {
	closeSync,
	constants,
	existsSync,
	fstatSync,
	openSync,
	readSync,
	renameSync,
	statSync,
} from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Arena } from '../../messages/arena.ts';
import { inTurns } from '../at-once.ts';
import { diagnose } from '../diagnosis.ts';
import type {
	FilingFolder,
	MailboxAddress,
	MailReading,
	MailStore,
	NamedMail,
	ReadingLimits,
	WaitingMail,
} from '../mail-store.ts';
import { filingFolderPath, isMissing, lookAtMaildir, makeMaildirFolder } from './folders.ts';
import { oneAhead, planWindows, readIfAny } from '../windows.ts';

/** Opens a Maildir (https://cr.yp.to/proto/maildir.html): mails in new and cur, never those still in tmp. Other
 *  programs may read and rename at the same time.
 *  @throws ServiceError of kind "mailbox-trouble" */
export async function openMaildir(
	address: MailboxAddress,
	limits: ReadingLimits,
): Promise<MailStore> {
	await lookAtMaildir(address);
	return new Maildir(address, limits);
}

const pieceBytes = 64 * 1024;
/** Of a window's mails, in memory that is used again. */
const mostMemory = 4 * 1024 * 1024;

/** Where a mail lies now. */
interface Place {
	part: 'new' | 'cur';
	/** The unique name, and after a colon the flags: "1780000000.M1P1.host:2,S". */
	file: string;
}

interface SizedPlace extends Place {
	sizeBytes: number;
	receivedAt: Date;
}

class Maildir implements MailStore {
	readonly name: string;
	private readonly address: MailboxAddress;
	private readonly limits: ReadingLimits;
	/** Where each mail was last seen, by unique name. */
	private readonly places = new Map<string, Place>();
	private filings: Promise<unknown> = Promise.resolve();
	/** A second look at the directories, made at most once for each window read or filed. */
	private secondLook?: Promise<Map<string, Place>>;

	constructor(address: MailboxAddress, limits: ReadingLimits) {
		this.name = `the Maildir ${address.source}`;
		this.address = address;
		this.limits = limits;
	}

	async countWaiting(): Promise<number> {
		return (await this.inWords(this.list())).length;
	}

	async *windows(): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		const waiting = await this.inWords(this.list());
		const planned: SizedPlace[][] = [];
		// One window is worked on while the next one is read.
		const arenas = [this.arena(), this.arena()] as const;
		let windows = 0;
		const next = async (): Promise<readonly WaitingMail[] | undefined> => {
			for (;;) {
				if (planned.length === 0) {
					if (waiting.length === 0) return undefined;
					const batch = waiting.splice(0, this.limits.windowSize);
					const sized = await inTurns(batch, (place) => this.measure(place));
					planned.push(
						...planWindows(
							sized.flatMap((place) => place ?? []),
							this.limits,
						),
					);
				}
				this.secondLook = undefined;
				const arena = arenas[windows++ % 2]!;
				arena.clear();
				const read = await inTurns(planned.shift() ?? [], (place) => this.read(place, arena));
				const window = read.flatMap((mail) => mail ?? []);
				if (window.length > 0) return window;
			}
		};
		yield* oneAhead(() => this.inWords(next()));
	}

	async *pieces(mail: WaitingMail): AsyncGenerator<Buffer, void, undefined> {
		yield mail.bytes;
		if (!mail.isTruncated) return;
		const place = this.places.get(mail.id);
		const handle =
			place && (await this.inWords(this.wherever(place, (now) => open(this.path(now), onlyFiles))));
		if (!handle) return;
		try {
			// Small pieces: they live so short that they are collected at once.
			const size = Math.min(this.limits.readLimitBytes, pieceBytes);
			for (let at = mail.bytes.length; ;) {
				const piece = Buffer.allocUnsafe(size);
				const { bytesRead } = await this.inWords(handle.read(piece, 0, piece.length, at));
				if (bytesRead === 0) return;
				yield piece.subarray(0, bytesRead);
				at += bytesRead;
			}
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

	/** Lets filings that are under way come to their end. */
	async close(): Promise<void> {
		await this.filings;
		this.places.clear();
	}

	/** The mails in new and cur, oldest first, without those marked as deleted (flag T). */
	private async list(folder = this.address.source): Promise<Place[]> {
		const places: Place[] = [];
		for (const part of ['new', 'cur'] as const) {
			const inside = await readdir(join(folder, part), { withFileTypes: true });
			for (const entry of inside) {
				if (!entry.isFile() || entry.name.startsWith('.')) continue;
				if (/:2,[A-Z]*T/.test(entry.name)) continue;
				places.push({ part, file: entry.name });
			}
		}
		return places.sort(byAge);
	}

	private async measure(place: Place): Promise<SizedPlace | undefined> {
		return this.wherever(place, ({ part, file }) => {
			const { size, mtime } = statSync(this.path({ part, file }));
			return { part, file, sizeBytes: size, receivedAt: mtime };
		});
	}

	private arena(): Arena {
		return new Arena(Math.min(this.limits.windowBytes, mostMemory));
	}

	private async read(place: SizedPlace, { take }: Arena): Promise<WaitingMail | undefined> {
		return this.wherever(place, (now) => {
			const file = openSync(this.path(now), onlyFiles);
			try {
				const { size } = fstatSync(file);
				const bytes = take(Math.min(size, this.limits.readLimitBytes));
				const bytesRead = readSync(file, bytes, 0, bytes.length, 0);
				this.places.set(uniqueName(now), now);
				return {
					id: uniqueName(now),
					sizeBytes: size,
					receivedAt: place.receivedAt,
					bytes: bytes.subarray(0, bytesRead),
					isTruncated: size > bytesRead,
				};
			} finally {
				closeSync(file);
			}
		});
	}

	private async moveAll(mails: readonly NamedMail[], under: FilingFolder): Promise<void> {
		if (mails.length === 0) return;
		const target = filingFolderPath(this.address, under);
		await makeMaildirFolder(target, this.address.source);
		this.secondLook = undefined;
		await inTurns(mails, async ({ id }) => {
			const place = this.places.get(id) ?? (await this.find(id));
			if (!place) return;
			await this.wherever(place, (now) => {
				renameSync(this.path(now), freePath(target, now));
				return now;
			});
			this.places.delete(id);
		});
	}

	async countIgnored(): Promise<number> {
		try {
			return (await this.list(filingFolderPath(this.address, 'ignored'))).length;
		} catch (error) {
			if (isMissing(error)) return 0;
			throw diagnose(error, this.address);
		}
	}

	ignored(): MailReading {
		const source = filingFolderPath(this.address, 'ignored');
		return readIfAny(this, new Maildir({ ...this.address, source }, this.limits));
	}

	private async giveBack(): Promise<number> {
		const { source } = this.address;
		const ignored = filingFolderPath(this.address, 'ignored');
		try {
			const places = await this.list(ignored);
			await inTurns(places, async (place) =>
				renameSync(join(ignored, place.part, place.file), freePath(source, place)),
			);
			return places.length;
		} catch (error) {
			if (isMissing(error)) return 0;
			throw error;
		}
	}

	/** Does something with a mail where it was last seen, and once more where another program has renamed it to
	 *  (flags, or from new to cur).
	 *  @returns undefined when the mail is gone */
	private async wherever<Result>(
		place: Place,
		work: (place: Place) => Result | Promise<Result>,
	): Promise<Result | undefined> {
		try {
			return await work(place);
		} catch (error) {
			if (!isMissing(error)) throw error;
		}
		const now = await this.find(uniqueName(place));
		if (!now) return undefined;
		try {
			return await work(now);
		} catch (error) {
			if (isMissing(error)) return undefined;
			throw error;
		}
	}

	private async find(id: string): Promise<Place | undefined> {
		this.secondLook ??= this.list().then(
			(places) => new Map(places.map((place) => [uniqueName(place), place])),
		);
		return (await this.secondLook).get(id);
	}

	private path({ part, file }: Place): string {
		return join(this.address.source, part, file);
	}

	private async inWords<T>(work: Promise<T>): Promise<T> {
		try {
			return await work;
		} catch (error) {
			throw diagnose(error, this.address);
		}
	}
}

/** Not through a link: whoever can write into the Maildir must not choose which files are read. And without waiting for the
 *  other end of a pipe. */
const onlyFiles = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

function uniqueName({ file }: Place): string {
	return file.split(':', 1)[0]!;
}

/** Unique names begin with the second of delivery, and often tell the microsecond after an M. */
function byAge(a: Place, b: Place): number {
	return ageOf(a) - ageOf(b) || (a.file < b.file ? -1 : 1);
}

function ageOf({ file }: Place): number {
	const [, seconds = '0', microseconds = '0'] = /^(\d{1,12})\.(?:M(\d{1,8}))?/.exec(file) ?? [];
	return Number(seconds) + Number(microseconds) / 1e8;
}

/** The same name and flags in the same part of the target; another name when a mail put back by hand was filed
 *  under this one before, so that none is overwritten. */
function freePath(target: string, { part, file }: Place): string {
	const [unique, ...flags] = file.split(':');
	for (let count = 0; ; count++) {
		const name = [count === 0 ? unique : `${unique}_${count}`, ...flags].join(':');
		const path = join(target, part, name);
		if (!existsSync(path)) return path;
	}
}
