import type { Socket } from 'node:net';
import type { ImapFlow } from 'imapflow';
import { diagnose } from './diagnosis.ts';
import {
	folderMissing,
	listFolders,
	possibleFilingFolders,
	readOnlyFolder,
	signIn,
	sourceAmong,
} from './imap-connection.ts';
import type { Folders } from './imap-connection.ts';
import { ImapFilingFolder } from './imap-filing.ts';
import { findInterruptedMoves, noInterruptedMoves } from './imap-interrupted.ts';
import type { InterruptedMoves } from './imap-interrupted.ts';
import { listMails, readMails, readRest, searchUids } from './imap-reading.ts';
import type { ListedMail } from './imap-reading.ts';
import { ImapWire } from './imap-wire.ts';
import type {
	FilingFolder,
	MailboxAddress,
	MailStore,
	ReadingLimits,
	WaitingMail,
} from './mail-store.ts';
import { oneAhead, planWindows } from './windows.ts';

/** Opens an IMAP folder for reading and filing. imapflow connects, signs in and finds the folder; from then on an
 *  `ImapWire` reads and moves in bulk over the same connection.
 *  @throws ServiceError of kind "mailbox-trouble" */
export async function openImap(address: MailboxAddress, limits: ReadingLimits): Promise<MailStore> {
	let client: ImapFlow | undefined;
	try {
		client = await signIn(address, limits.silenceMs);
		const folders = await listFolders(client);
		const source = sourceAmong(folders, address);
		const uidValidity = await select(client, source, folders, address);
		const capabilities = new Set(client.capabilities.keys());
		// The types know only imapflow's own sockets; over TCP and TLS it is always a net.Socket.
		const wire = new ImapWire(client.unbind().readSocket as Socket, {
			silenceMs: limits.silenceMs,
			keepBytes: limits.readLimitBytes,
		});
		const opened = { address, limits, folders, source, uidValidity, capabilities };
		return new ImapMailbox(wire, { ...opened, interrupted: await interruptedMoves(wire, opened) });
	} catch (error) {
		client?.close();
		throw diagnose(error, address);
	}
}

/** @returns the folder's UIDVALIDITY */
async function select(
	client: ImapFlow,
	source: string,
	{ selectable }: Folders,
	address: MailboxAddress,
): Promise<string> {
	try {
		const { readOnly, uidValidity } = await client.mailboxOpen(source);
		if (!readOnly) return String(uidValidity);
	} catch (error) {
		if (error instanceof Error && 'mailboxMissing' in error) {
			throw folderMissing(address, selectable);
		}
		throw error;
	}
	throw readOnlyFolder(source, address);
}

interface Opened {
	address: MailboxAddress;
	limits: ReadingLimits;
	folders: Folders;
	source: string;
	/** Another one means that the server has numbered the mails anew. */
	uidValidity: string;
	capabilities: ReadonlySet<string>;
	interrupted: InterruptedMoves;
}

/** A server that has MOVE leaves nothing behind. */
async function interruptedMoves(
	wire: ImapWire,
	{ address, folders, source, capabilities }: Omit<Opened, 'interrupted'>,
): Promise<InterruptedMoves> {
	if (capabilities.has('MOVE')) return noInterruptedMoves();
	const possible = (['processed', 'ignored'] as const).flatMap((under) =>
		possibleFilingFolders(source, under, folders, address),
	);
	const existing = possible.filter((name) => folders.all.includes(name));
	return findInterruptedMoves(wire, source, existing);
}

class ImapMailbox implements MailStore {
	readonly name: string;
	private readonly wire: ImapWire;
	private readonly opened: Opened;
	private readonly filingFolders: Record<FilingFolder, ImapFilingFolder>;
	private filings: Promise<unknown> = Promise.resolve();

	constructor(wire: ImapWire, opened: Opened) {
		this.wire = wire;
		this.opened = opened;
		const { userName, server } = opened.address;
		this.name = `${opened.source} of ${userName} on ${server}`;
		const { source, folders, address, capabilities, interrupted } = opened;
		const folder = (under: FilingFolder) =>
			new ImapFilingFolder(
				wire,
				possibleFilingFolders(source, under, folders, address),
				folders.all,
				capabilities,
				interrupted,
			);
		this.filingFolders = { processed: folder('processed'), ignored: folder('ignored') };
	}

	async countWaiting(): Promise<number> {
		return (await this.inWords(this.waitingUids())).length;
	}

	async *windows(): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		const { limits, uidValidity } = this.opened;
		const uids = await this.inWords(this.waitingUids());
		const planned: ListedMail[][] = [];
		const next = async (): Promise<readonly WaitingMail[] | undefined> => {
			for (;;) {
				if (planned.length === 0) {
					if (uids.length === 0) return undefined;
					const mails = await listMails(this.wire, uids.splice(0, limits.windowSize));
					planned.push(...planWindows(mails, limits));
				}
				const window = await readMails(this.wire, planned.shift() ?? [], limits);
				if (window.length > 0) {
					return window.map(({ uid, ...mail }) => ({ id: `${uidValidity}.${uid}`, ...mail }));
				}
			}
		};
		yield* oneAhead(() => this.inWords(next()));
	}

	async *pieces(mail: WaitingMail): AsyncGenerator<Buffer, void, undefined> {
		yield mail.bytes;
		const uid = this.uidOf(mail.id);
		if (!mail.isTruncated || uid === undefined) return;
		const { readLimitBytes } = this.opened.limits;
		let at = mail.bytes.length;
		const next = async (): Promise<Buffer | undefined> => {
			const piece = await readRest(this.wire, uid, at, readLimitBytes);
			at += readLimitBytes;
			return piece;
		};
		yield* oneAhead(() => this.inWords(next()));
	}

	file(mails: readonly WaitingMail[], under: FilingFolder): Promise<void> {
		const uids = mails.flatMap(({ id }) => this.uidOf(id) ?? []).sort((a, b) => a - b);
		const filing = this.inWords(this.filingFolders[under].take(uids));
		this.filings = Promise.allSettled([this.filings, filing]);
		return filing;
	}

	bringBackIgnored(): Promise<number> {
		return this.inWords(this.filingFolders.ignored.giveBack(this.opened.source));
	}

	countIgnored(): Promise<number> {
		return this.inWords(this.filingFolders.ignored.count());
	}

	/** Lets filings that are under way come to their end, then leaves. */
	async close(): Promise<void> {
		await this.filings;
		this.wire.close();
	}

	/** Mails marked as deleted are no longer waiting: their owner, or a filing without MOVE and UIDPLUS, put them
	 *  away. */
	private waitingUids(): Promise<number[]> {
		return searchUids(this.wire, 'UNDELETED');
	}

	private uidOf(id: string): number | undefined {
		const [uidValidity, uid] = id.split('.');
		return uidValidity === this.opened.uidValidity ? Number(uid) : undefined;
	}

	private async inWords<T>(work: Promise<T>): Promise<T> {
		try {
			return await work;
		} catch (error) {
			throw diagnose(error, this.opened.address);
		}
	}
}
