import { diagnose } from '../diagnosis.ts';
import { possibleFilingFolders, readOnlyFolder, signIn, sourceAmong } from './connection.ts';
import type { ImapConnection } from './imap-connection.ts';
import { listFolders, openFolder } from './folders.ts';
import type { OpenFolder } from './folders.ts';
import { ImapFilingFolder } from './filing.ts';
import { findInterruptedMoves, noInterruptedMoves } from './interrupted.ts';
import { readRest, readWindows, searchUids } from './reading.ts';
import { CommandRefused } from './wire.ts';
import type { ImapWire } from './wire.ts';
import type {
	FilingFolder,
	MailboxAddress,
	MailReading,
	MailStore,
	NamedMail,
	ReadingLimits,
	WaitingMail,
} from '../mail-store.ts';
import { oneAhead } from '../windows.ts';

/** Opens an IMAP folder for reading and filing. While it is empty, nothing more is asked of the server than to open it, because
 *  that is how most readings end.
 *  @throws ServiceError of kind "mailbox-trouble" */
export async function openImap(address: MailboxAddress, limits: ReadingLimits): Promise<MailStore> {
	let connection: ImapConnection | undefined;
	try {
		connection = await signIn(address, {
			silenceMs: limits.silenceMs,
			keepBytes: limits.readLimitBytes,
		});
		const source = await openSource(connection, address);
		const mailbox = new ImapMailbox(connection, { address, limits, ...source });
		if (source.mails > 0) await mailbox.prepareFiling();
		return mailbox;
	} catch (error) {
		connection?.wire.close();
		throw diagnose(error, address);
	}
}

type Source = OpenFolder & { name: string };

/** Opens the folder by the name that the account gives it; if the server knows none of that name, by the server's own.
 *  @throws ServiceError "read-only-folder" or "folder-missing" */
async function openSource(connection: ImapConnection, address: MailboxAddress): Promise<Source> {
	const written = address.source.trim() || 'INBOX';
	const name = /^inbox$/i.test(written) ? 'INBOX' : written;
	const source = await openByName(connection, name, address);
	if (source.isReadOnly) throw readOnlyFolder(source.name, address);
	return source;
}

async function openByName(
	connection: ImapConnection,
	name: string,
	address: MailboxAddress,
): Promise<Source> {
	const { wire } = connection;
	try {
		return { name, ...(await openFolder(wire, name)) };
	} catch (error) {
		if (!(error instanceof CommandRefused)) throw error;
		const spelling = sourceAmong(await listFolders(connection), address);
		if (spelling === name) throw error;
		return { name: spelling, ...(await openFolder(wire, spelling)) };
	}
}

interface Opened extends Source {
	address: MailboxAddress;
	limits: ReadingLimits;
}

type FilingFolders = Readonly<Record<FilingFolder, ImapFilingFolder>>;

/** Finds the filing folders, and what a run that was interrupted left to do. */
async function findFilingFolders(
	connection: ImapConnection,
	{ name, takesKeywords, address }: Opened,
): Promise<FilingFolders> {
	const { wire, capabilities } = connection;
	const folders = await listFolders(connection);
	const possible = {
		processed: possibleFilingFolders(name, 'processed', folders, address),
		ignored: possibleFilingFolders(name, 'ignored', folders, address),
	};
	const existing = [...possible.processed, ...possible.ignored].filter((one) =>
		folders.all.includes(one),
	);
	// A server that has MOVE leaves nothing behind.
	const interrupted = capabilities.has('MOVE')
		? noInterruptedMoves()
		: await findInterruptedMoves(wire, { name, takesKeywords }, existing);
	const folder = (names: string[]) =>
		new ImapFilingFolder(wire, names, folders.all, capabilities, interrupted);
	return { processed: folder(possible.processed), ignored: folder(possible.ignored) };
}

class ImapMailbox implements MailStore {
	readonly name: string;
	private readonly wire: ImapWire;
	private readonly connection: ImapConnection;
	private readonly opened: Opened;
	private filingFolders?: Promise<FilingFolders>;
	private filings: Promise<unknown> = Promise.resolve();
	/** The mails that waited when they were counted last. */
	private counted?: number[];

	constructor(connection: ImapConnection, opened: Opened) {
		this.wire = connection.wire;
		this.connection = connection;
		this.opened = opened;
		const { userName, server } = opened.address;
		this.name = `${opened.name} of ${userName} on ${server}`;
		if (opened.mails === 0) this.counted = [];
	}

	/** Looks for the filing folders, which must not happen while mails are read. */
	prepareFiling(): Promise<FilingFolders> {
		return (this.filingFolders ??= findFilingFolders(this.connection, this.opened));
	}

	async countWaiting(): Promise<number> {
		this.counted ??= await this.inWords(this.waitingUids());
		return this.counted.length;
	}

	async *windows(): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		// Counted just before, as a rule: asking again would be one more wait.
		const uids = this.counted ?? (await this.inWords(this.waitingUids()));
		this.counted = undefined;
		yield* this.read(uids, this.opened.uidValidity);
	}

	async *pieces(mail: WaitingMail): AsyncGenerator<Buffer, void, undefined> {
		yield mail.bytes;
		if (!mail.isTruncated) return;
		const { uid } = namedBy(mail.id);
		const { readLimitBytes } = this.opened.limits;
		let at = mail.bytes.length;
		const next = async (): Promise<Buffer | undefined> => {
			const piece = await readRest(this.wire, uid, at, readLimitBytes);
			at += readLimitBytes;
			return piece;
		};
		yield* oneAhead(() => this.inWords(next()));
	}

	file(mails: readonly NamedMail[], under: FilingFolder): Promise<void> {
		const named = mails.map(({ id }) => namedBy(id));
		const uids = named
			.filter(({ uidValidity }) => uidValidity === this.opened.uidValidity)
			.map(({ uid }) => uid)
			.sort((a, b) => a - b);
		const filing = this.inWords(this.take(uids, under));
		this.filings = Promise.allSettled([this.filings, filing]);
		return filing;
	}

	async bringBackIgnored(): Promise<number> {
		this.counted = undefined;
		const { ignored } = await this.inWords(this.prepareFiling());
		return this.inWords(ignored.giveBack(this.opened.name));
	}

	async countIgnored(): Promise<number> {
		return this.inWords(this.countInIgnored());
	}

	ignored(): MailReading {
		return { windows: () => this.ignoredWindows(), pieces: (mail) => this.pieces(mail) };
	}

	private async *ignoredWindows(): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		const folder = await this.inWords(this.lookIntoIgnored());
		if (!folder) return;
		try {
			yield* this.read(await this.inWords(this.waitingUids()), folder.uidValidity);
		} finally {
			await this.inWords(openFolder(this.wire, this.opened.name));
		}
	}

	private async countInIgnored(): Promise<number> {
		if (!(await this.lookIntoIgnored())) return 0;
		const uids = await this.waitingUids();
		await openFolder(this.wire, this.opened.name);
		return uids.length;
	}

	/** Opens the folder of ignored mails for reading only. Open the source again afterwards.
	 *  @returns undefined when there is none */
	private async lookIntoIgnored(): Promise<OpenFolder | undefined> {
		const { ignored } = await this.prepareFiling();
		return ignored.name === undefined ? undefined : openFolder(this.wire, ignored.name, 'EXAMINE');
	}

	/** @param uids of the folder that is open now */
	private async *read(
		uids: readonly number[],
		uidValidity: string,
	): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		const windows = readWindows(this.wire, uids, this.opened.limits);
		for (;;) {
			const { done, value } = await this.inWords(windows.next());
			if (done) return;
			if (value.length > 0)
				yield value.map(({ uid, ...mail }) => ({ id: `${uidValidity}.${uid}`, ...mail }));
		}
	}

	/** Lets filings that are under way come to their end, then leaves. */
	async close(): Promise<void> {
		await this.filings;
		this.wire.close();
	}

	private async take(uids: readonly number[], under: FilingFolder): Promise<void> {
		const folders = await this.prepareFiling();
		await folders[under].take(uids);
	}

	/** Mails marked as deleted are no longer waiting: their owner, or a filing without MOVE and UIDPLUS, put them
	 *  away. */
	private waitingUids(): Promise<number[]> {
		return searchUids(this.wire, 'UNDELETED');
	}

	private async inWords<T>(work: Promise<T>): Promise<T> {
		try {
			return await work;
		} catch (error) {
			throw diagnose(error, this.opened.address);
		}
	}
}

/** What an id of a mail says: "UIDVALIDITY.UID". */
function namedBy(id: string): { uidValidity: string; uid: number } {
	const [uidValidity = '', uid] = id.split('.');
	return { uidValidity, uid: Number(uid) };
}
