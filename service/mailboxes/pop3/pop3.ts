import { diagnose } from '../diagnosis.ts';
import type {
	FilingFolder,
	Leaving,
	MailboxAddress,
	MailReading,
	MailStore,
	NamedMail,
	ReadingLimits,
	WaitingMail,
} from '../mail-store.ts';
import { signInToPop3 } from './connection.ts';
import type { Pop3Connection } from './connection.ts';
import { listPop3Mails, readPop3Mails, streamPop3Mail } from './reading.ts';
import type { ListedPop3Mail } from './reading.ts';
import { Pop3Refused } from './wire.ts';
import type { Pop3Wire } from './wire.ts';
import { oneAhead, planWindows } from '../windows.ts';

/** Opens a POP3 mailbox (RFC 1939). It has no folders: mails that are done are deleted, or stay and are remembered,
 *  as the address says.
 *  @throws ServiceError of kind "mailbox-trouble" */
export async function openPop3(
	address: MailboxAddress,
	limits: ReadingLimits,
): Promise<Pop3Mailbox> {
	try {
		const connection = await signInToPop3(address, limits.silenceMs);
		return new Pop3Mailbox(connection, address, limits);
	} catch (error) {
		throw diagnose(error, address);
	}
}

/** The mails of this session. The server shows the same all the time, whatever comes in meanwhile. */
interface Listing {
	all: Map<string, ListedPop3Mail>;
	/** Not remembered, or remembered and still to be deleted. */
	waiting: Map<string, ListedPop3Mail>;
	seen: Map<string, FilingFolder>;
	/** Remembered, and not in the mailbox any more. */
	gone: string[];
}

export class Pop3Mailbox implements MailStore {
	readonly name: string;
	readonly capabilities: readonly string[];
	private readonly wire: Pop3Wire;
	private readonly address: MailboxAddress;
	private readonly limits: ReadingLimits;
	private readonly leaving?: Leaving;
	private listing?: Promise<Listing>;
	private filings: Promise<unknown> = Promise.resolve();
	/** UIDLs of mails that are gone as soon as the server says goodbye. */
	private readonly deleted: string[] = [];
	private hasFiled = false;
	/** The caller knows already that the connection is of no use any more. */
	private hasFailed = false;

	constructor(
		{ wire, capabilities }: Pop3Connection,
		address: MailboxAddress,
		limits: ReadingLimits,
	) {
		this.name = `the mailbox of ${address.userName} on ${address.server}`;
		this.capabilities = capabilities;
		this.wire = wire;
		this.address = address;
		this.limits = limits;
		this.leaving = address.leaving;
	}

	async countWaiting(): Promise<number> {
		return (await this.list()).waiting.size;
	}

	/** How many mails lie in the mailbox, also those that were dealt with and stay. */
	async countAll(): Promise<number> {
		return (await this.list()).all.size;
	}

	/** New mails first. Those that should have been deleted before, and were not because the connection broke, come after
	 *  them: so a connection that always breaks after a while still gets on. */
	async *windows(): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		const { waiting, seen } = await this.list();
		const isNew = ({ uidl }: ListedPop3Mail) => !seen.has(uidl);
		const mails = [...waiting.values()];
		yield* this.read([...mails.filter(isNew), ...mails.filter((mail) => !isNew(mail))]);
	}

	private async *read(
		mails: readonly ListedPop3Mail[],
	): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		const planned = planWindows(mails, this.limits);
		const next = async (): Promise<readonly WaitingMail[] | undefined> => {
			for (;;) {
				const coming = planned.shift();
				if (!coming) return undefined;
				const window = await readPop3Mails(this.wire, coming, this.limits);
				if (window.length > 0) return window;
			}
		};
		yield* oneAhead(() => this.inWords(next()));
	}

	/** POP3 gives a mail only from its beginning to its end. */
	async *pieces(mail: WaitingMail): AsyncGenerator<Buffer, void, undefined> {
		const listed = (await this.list()).all.get(mail.id);
		if (!mail.isTruncated || !listed) return yield mail.bytes;
		const stream = streamPop3Mail(this.wire, listed, this.limits.readLimitBytes);
		let isThere = false;
		try {
			for await (const piece of stream) {
				isThere = true;
				yield piece;
			}
		} catch (error) {
			this.hasFailed = true;
			throw diagnose(error, this.address);
		}
		if (!isThere) yield mail.bytes;
	}

	file(mails: readonly NamedMail[], under: FilingFolder): Promise<void> {
		const filing = this.take(mails, under);
		this.filings = Promise.allSettled([this.filings, filing]);
		return filing;
	}

	async bringBackIgnored(): Promise<number> {
		const listing = await this.list();
		const { all, seen } = listing;
		const ignored = ignoredIn(listing).map(({ uidl }) => uidl);
		await this.leaving?.seen.forget(ignored);
		for (const uidl of ignored) seen.delete(uidl);
		listing.waiting = this.waitingAmong(all, seen);
		return ignored.length;
	}

	async countIgnored(): Promise<number> {
		return ignoredIn(await this.list()).length;
	}

	ignored(): MailReading {
		return { windows: () => this.ignoredWindows(), pieces: (mail) => this.pieces(mail) };
	}

	private async *ignoredWindows(): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		yield* this.read(ignoredIn(await this.list()));
	}

	/** Lets filings come to their end, then says goodbye: only that deletes what is to be deleted (RFC 1939 §6). When
	 *  nothing was filed, the server is told to take back even the marks of having been read. */
	async close(): Promise<void> {
		await this.filings;
		if (this.hasFailed) return this.wire.close();
		try {
			if (this.deleted.length === 0) this.wire.run('RSET').catch(() => undefined);
			await this.wire.run('QUIT');
		} catch (error) {
			// What was read is dealt with, so a goodbye that went wrong matters only to what it should have deleted.
			if (this.deleted.length > 0) throw diagnose(error, this.address);
			return;
		} finally {
			this.wire.close();
		}
		await this.tidyUp();
	}

	/** Forgets what is not on the server any more. Only after a run that filed something: one that only looks changes nothing. */
	private async tidyUp(): Promise<void> {
		if (!this.hasFiled || !this.leaving) return;
		const { gone } = await this.list();
		await this.leaving.seen.forget([...gone, ...this.deleted]);
	}

	/** First it is written down that they were seen: if the goodbye is lost, they come again, but after all others. */
	private async take(mails: readonly NamedMail[], under: FilingFolder): Promise<void> {
		const { waiting, seen } = await this.list();
		const taken = mails.flatMap(({ id }) => waiting.get(id) ?? []);
		if (taken.length === 0 || !this.leaving) return;
		const uidls = taken.map(({ uidl }) => uidl);
		await this.leaving.seen.remember(uidls, under);
		this.hasFiled = true;
		for (const uidl of uidls) {
			seen.set(uidl, under);
			waiting.delete(uidl);
		}
		if (this.leaving.deletes[under]) await this.inWords(this.delete(taken));
	}

	private async delete(mails: readonly ListedPop3Mail[]): Promise<void> {
		await Promise.all(
			mails.flatMap(({ numbers }) =>
				numbers.map((number) =>
					this.wire.run(`DELE ${number}`).catch((error: unknown) => {
						// Gone already, says the server.
						if (!(error instanceof Pop3Refused)) throw error;
					}),
				),
			),
		);
		for (const { uidl } of mails) this.deleted.push(uidl);
	}

	private list(): Promise<Listing> {
		this.listing ??= this.inWords(this.look());
		return this.listing;
	}

	private async look(): Promise<Listing> {
		const listed = await listPop3Mails(this.wire);
		const all = new Map(listed.map((mail) => [mail.uidl, mail]));
		const seen = (await this.leaving?.seen.all()) ?? new Map<string, FilingFolder>();
		const gone = [...seen.keys()].filter((uidl) => !all.has(uidl));
		return { all, waiting: this.waitingAmong(all, seen), seen, gone };
	}

	private waitingAmong(all: Listing['all'], seen: Listing['seen']): Listing['waiting'] {
		return new Map([...all].filter(([uidl]) => !this.stays(seen.get(uidl))));
	}

	/** Whether a mail that was filed so is to lie in the mailbox for good. */
	private stays(filed: FilingFolder | undefined): boolean {
		return filed !== undefined && this.leaving?.deletes[filed] === false;
	}

	private async inWords<T>(work: Promise<T>): Promise<T> {
		try {
			return await work;
		} catch (error) {
			this.hasFailed = true;
			throw diagnose(error, this.address);
		}
	}
}

/** The mails that were ignored and are still there. */
function ignoredIn({ all, waiting, seen }: Listing): ListedPop3Mail[] {
	return [...all.values()].filter(({ uidl }) => seen.get(uidl) === 'ignored' && !waiting.has(uidl));
}
