import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { diagnose } from '../diagnosis.ts';
import { withDotlock } from './dotlock.ts';
import type {
	FilingFolder,
	MailboxAddress,
	MailReading,
	MailStore,
	NamedMail,
	ReadingLimits,
	WaitingMail,
} from '../mail-store.ts';
import { appendMails, MboxFolders, sizeOf } from './folders.ts';
import { mailsInMbox } from '../../messages/mbox-format.ts';
import type { MboxMail } from '../../messages/mbox-format.ts';
import { lookAtMbox, openOnlyFile, unpackedCopy } from './look.ts';
import { finishTakingOut, takeOut } from './purge.ts';
import { linesOf, readMail, sized } from './read-mail.ts';
import type { SizedMail } from './read-mail.ts';
import { oneAhead, planWindows } from '../windows.ts';

/** Opens an mbox file. With `leaving` that deletes, mails that are done are moved to mboxes in "{file}.CiviMail", out of the
 *  source in place when the mailbox is closed; otherwise the file is not changed, and what was seen is remembered.
 *  The file is locked while it is gone through and changed, not while its mails are worked on.
 *  A gzip'ed mbox, known by its first bytes, is read from an unpacked copy and never changed.
 *  @throws ServiceError "mbox-missing", "not-an-mbox", "mailbox-locked", "no-permission" … */
export async function openMbox(address: MailboxAddress, limits: ReadingLimits): Promise<MailStore> {
	const mbox = await mboxAt(address, limits);
	try {
		await mbox.recover();
		await mbox.lookUpSeen();
	} catch (error) {
		await mbox.close();
		throw error;
	}
	return mbox;
}

/** How many mails wait in an mbox; nothing in it or beside it is changed, but for its lock.
 *  @throws ServiceError as `openMbox` */
export async function countInMbox(address: MailboxAddress, limits: ReadingLimits): Promise<number> {
	const mbox = await mboxAt(address, limits);
	try {
		await mbox.lookUpSeen();
		return await mbox.countWaiting();
	} finally {
		await mbox.close();
	}
}

async function mboxAt(address: MailboxAddress, limits: ReadingLimits): Promise<Mbox> {
	const { isPacked } = await lookAtMbox(address);
	if (!isPacked) return new Mbox(address, limits);
	const { path, remove } = await unpackedCopy(address);
	const { leaving } = address;
	const unchanged = leaving && { ...leaving, deletes: { processed: false, ignored: false } };
	return new Mbox({ ...address, source: path, leaving: unchanged }, limits, {
		name: `the packed mbox ${address.source}`,
		remove,
	});
}

class Mbox implements MailStore {
	readonly name: string;
	private readonly address: MailboxAddress;
	private readonly limits: ReadingLimits;
	private readonly folders: MboxFolders;
	/** The file as it was when it was gone through last. */
	private look?: { handle: FileHandle; stamp: string; mails: Map<string, MboxMail> };
	private readonly outdated: FileHandle[] = [];
	/** Ids of mails that are done, in this opening or before. */
	private readonly done = new Set<string>();
	/** Ids of those that are to be taken out at the end. */
	private readonly moved = new Set<string>();
	private filings: Promise<unknown> = Promise.resolve();
	private readonly removeCopy?: () => Promise<void>;

	constructor(
		address: MailboxAddress,
		limits: ReadingLimits,
		copy?: { name: string; remove: () => Promise<void> },
	) {
		this.name = copy?.name ?? `the mbox ${address.source}`;
		this.removeCopy = copy?.remove;
		this.address = address;
		this.limits = limits;
		this.folders = new MboxFolders(address);
	}

	/** Brings to its end what a crash broke off. */
	async recover(): Promise<void> {
		if (this.mayChange) await this.inWords(this.takeOutMoved());
	}

	async lookUpSeen(): Promise<void> {
		const seen = await this.address.leaving?.seen.all();
		for (const id of seen?.keys() ?? []) this.done.add(id);
	}

	async countWaiting(): Promise<number> {
		return (await this.inWords(this.waiting())).length;
	}

	async *windows(): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		const waiting = await this.inWords(this.waiting());
		await this.forgetGone();
		yield* this.readAll(waiting);
	}

	private async *readAll(
		mails: readonly SizedMail[],
	): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		const planned = planWindows(mails, this.limits);
		const next = async (): Promise<readonly WaitingMail[] | undefined> => {
			for (let plan = planned.shift(); plan; plan = planned.shift()) {
				const window: WaitingMail[] = [];
				for (const mail of plan) {
					const read = this.look && (await readMail(this.look.handle, mail, this.limits));
					if (read) window.push(read);
				}
				if (window.length > 0) return window;
			}
			return undefined;
		};
		yield* oneAhead(() => this.inWords(next()));
	}

	async *pieces(mail: WaitingMail): AsyncGenerator<Buffer, void, undefined> {
		yield mail.bytes;
		const place = this.look?.mails.get(mail.id);
		if (!mail.isTruncated || !this.look || !place) return;
		// Where quoted lines were shortened, the bytes that came already stood for some more of the file.
		let toSkip = mail.bytes.length;
		for await (const piece of linesOf(this.look.handle, place)) {
			const rest = piece.subarray(toSkip);
			toSkip = Math.max(0, toSkip - piece.length);
			const size = this.limits.readLimitBytes;
			for (let at = 0; at < rest.length; at += size) yield rest.subarray(at, at + size);
		}
	}

	/** One filing after the other: they write the same files. */
	file(mails: readonly NamedMail[], under: FilingFolder): Promise<void> {
		const filing = this.filings.then(() => this.inWords(this.fileAll(mails, under)));
		this.filings = filing.catch(() => undefined);
		return filing;
	}

	bringBackIgnored(): Promise<number> {
		return this.inWords(this.giveBack());
	}

	countIgnored(): Promise<number> {
		return this.inWords(this.ignoredHere());
	}

	/** First those that stayed in the mbox, then those that were moved out of it. */
	ignored(): MailReading {
		const source = this.folders.mbox('ignored');
		const moved = new Mbox({ ...this.address, source, leaving: undefined }, this.limits);
		return {
			windows: () => this.ignoredWindows(moved),
			pieces: (mail) => (moved.look ? moved : this).pieces(mail),
		};
	}

	private async *ignoredWindows(
		moved: Mbox,
	): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		yield* this.readAll((await this.inWords(this.ignoredInPlace())).map(sized));
		if ((await this.inWords(sizeOf(moved.address.source))) === 0) return;
		try {
			yield* moved.windows();
		} finally {
			await moved.close();
		}
	}

	async close(): Promise<void> {
		await this.filings;
		try {
			if (this.moved.size > 0) await this.inWords(this.takeOutMoved());
		} finally {
			if (this.look) this.outdated.push(this.look.handle);
			this.look = undefined;
			for (const handle of this.outdated.splice(0)) await handle.close();
			await this.removeCopy?.();
		}
	}

	private get mayChange(): boolean {
		return Object.values(this.address.leaving?.deletes ?? {}).includes(true);
	}

	private async waiting(): Promise<SizedMail[]> {
		const { mails } = await this.goThrough();
		return [...mails.values()]
			.filter(({ id, isInternal }) => !this.done.has(id) && !isInternal)
			.map(sized);
	}

	/** What is no longer in the file need not be remembered. */
	private async forgetGone(): Promise<void> {
		const seen = await this.address.leaving?.seen.all();
		const gone = [...(seen?.keys() ?? [])].filter((id) => !this.look?.mails.has(id));
		if (gone.length > 0) await this.address.leaving?.seen.forget(gone);
	}

	/** Finds the mails of the file as it is now. The lock tells that no one is in the middle of delivering. */
	private goThrough() {
		return this.locked(this.address.source, () => this.goThroughLocked());
	}

	private async goThroughLocked(): Promise<NonNullable<Mbox['look']>> {
		const { size, mtimeMs, ino } = await stat(this.address.source);
		const stamp = [size, mtimeMs, ino].join(' ');
		if (this.look?.stamp === stamp) return this.look;
		const handle = await openOnlyFile(this.address.source);
		if (this.look) this.outdated.push(this.look.handle);
		const mails = new Map<string, MboxMail>();
		this.look = { handle, stamp, mails };
		for await (const mail of mailsInMbox(handle, size)) mails.set(mail.id, mail);
		return this.look;
	}

	private async fileAll(mails: readonly NamedMail[], under: FilingFolder): Promise<void> {
		const ids = mails.map(({ id }) => id).filter((id) => !this.done.has(id));
		const { leaving, source } = this.address;
		if (ids.length === 0) return;
		if (leaving?.deletes[under]) {
			const target = this.folders.mbox(under);
			await this.locked(source, async () => {
				const places = await this.find(ids);
				if (!this.look || places.length === 0) return;
				await this.folders.make(under);
				const { handle } = this.look;
				await this.locked(target, () => this.folders.append(handle, places, under));
				for (const { id } of places) this.moved.add(id);
			});
		} else await leaving?.seen.remember(ids, under);
		for (const id of ids) this.done.add(id);
	}

	/** Where mails are now; those that are gone are left out. The file is locked. */
	private async find(ids: readonly string[]): Promise<MboxMail[]> {
		const { mails } = await this.goThroughLocked();
		return ids.flatMap((id) => mails.get(id) ?? []);
	}

	private async takeOutMoved(): Promise<void> {
		const { source } = this.address;
		await this.locked(source, async () => {
			await finishTakingOut(source, this.folders.planPath);
			const moved = await this.folders.recover();
			if (moved.size > 0) await takeOut(source, this.folders.planPath, (id) => moved.has(id));
			await this.folders.forget();
		});
		this.moved.clear();
	}

	private async giveBack(): Promise<number> {
		const { leaving, source } = this.address;
		const fromFolder = await this.locked(source, () => this.giveBackLocked());
		const ignored = (await this.ignoredInPlace()).map(({ id }) => id);
		if (ignored.length > 0) await leaving?.seen.forget(ignored);
		for (const id of ignored) this.done.delete(id);
		return fromFolder + ignored.length;
	}

	/** Mails that stayed in the mbox when they were ignored. */
	private async ignoredInPlace(): Promise<MboxMail[]> {
		const { mails } = await this.goThrough();
		const seen = (await this.address.leaving?.seen.all()) ?? new Map<string, FilingFolder>();
		return [...mails.values()].filter(({ id }) => seen.get(id) === 'ignored');
	}

	private async ignoredHere(): Promise<number> {
		let ignored = (await this.ignoredInPlace()).length;
		const path = this.folders.mbox('ignored');
		if ((await sizeOf(path)) === 0) return ignored;
		const filed = await openOnlyFile(path);
		try {
			const found = mailsInMbox(filed, (await filed.stat()).size);
			while (!(await found.next()).done) ignored += 1;
			return ignored;
		} finally {
			await filed.close();
		}
	}

	/** Mails that are in the source already came back before a crash. */
	private async giveBackLocked(): Promise<number> {
		const path = this.folders.mbox('ignored');
		if ((await sizeOf(path)) === 0) return 0;
		return this.locked(path, async () => {
			const { mails } = await this.goThroughLocked();
			const source = await open(this.address.source, 'r+');
			const ignored = await open(path, 'r+');
			try {
				const back: MboxMail[] = [];
				const { size } = await ignored.stat();
				for await (const mail of mailsInMbox(ignored, size)) back.push(mail);
				await appendMails(
					ignored,
					back.filter(({ id }) => !mails.has(id)),
					source,
				);
				await ignored.truncate(0);
				await ignored.sync();
				for (const { id } of back) this.done.delete(id);
				return back.length;
			} finally {
				await ignored.close();
				await source.close();
			}
		});
	}

	private locked<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
		return withDotlock(this.address, path, this.limits.silenceMs, work);
	}

	private async inWords<T>(work: Promise<T>): Promise<T> {
		try {
			return await work;
		} catch (error) {
			throw diagnose(error, this.address);
		}
	}
}
