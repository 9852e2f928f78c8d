import { readFetch } from '../fetched-mail.ts';
import type { FetchedMail } from '../fetched-mail.ts';
import { CommandRefused } from './wire.ts';
import type { ImapWire } from './wire.ts';
import type { ReadingLimits, WaitingMail } from '../mail-store.ts';
import { uidSets } from './uid-sets.ts';
import { oneAhead, planWindows, severalAhead } from '../windows.ts';

/** What is known of a mail before it is read. */
interface ListedMail {
	uid: number;
	sizeBytes: number;
	receivedAt?: Date;
}

/** A mail with its UID instead of a name that lasts. */
export type ReadMail = Omit<WaitingMail, 'id'> & { uid: number };

/** Windows of mails that are asked for at a time, so that a far server is not waited for after each. */
const windowsUnderWay = 4;
/** The sizes of so many windows are asked for at once. */
const windowsAList = 7;

/** Reads mails of the open folder, some hundreds at a time and the next ones on their way meanwhile; mails that are gone are
 *  left out.
 *  @param uids ascending */
export function readWindows(
	wire: ImapWire,
	uids: readonly number[],
	limits: ReadingLimits,
): AsyncGenerator<ReadMail[], void, undefined> {
	return severalAhead(planned(wire, uids, limits), (window) => readMails(wire, window, limits), {
		sizeOf: (window) => bytesToRead(window, limits),
		mostBytes: limits.windowBytes,
		most: windowsUnderWay,
	});
}

async function* planned(
	wire: ImapWire,
	uids: readonly number[],
	limits: ReadingLimits,
): AsyncGenerator<ListedMail[], void, undefined> {
	const mailsAList = limits.windowSize * windowsAList;
	let at = 0;
	const nextList = async (): Promise<ListedMail[] | undefined> => {
		if (at >= uids.length) return undefined;
		const listed = uids.slice(at, at + mailsAList);
		at += mailsAList;
		return listMails(wire, listed);
	};
	for await (const listed of oneAhead(nextList)) yield* planWindows(listed, limits);
}

function bytesToRead(mails: readonly ListedMail[], { readLimitBytes }: ReadingLimits): number {
	return mails.reduce((sum, { sizeBytes }) => sum + Math.min(sizeBytes, readLimitBytes), 0);
}

/** The search that is under way on a connection: two answers could not be told apart. */
const searches = new WeakMap<ImapWire, Promise<unknown>>();

/** UIDs of the mails in the open folder that fit, ascending.
 *  @param criteria as in RFC 3501 §6.4.4: "UNDELETED". A search waits for the one before. */
export async function searchUids(wire: ImapWire, criteria: string): Promise<number[]> {
	const before = searches.get(wire);
	const search = before
		? Promise.allSettled([before]).then(() => searchNow(wire, criteria))
		: searchNow(wire, criteria);
	searches.set(wire, search);
	try {
		return await search;
	} finally {
		if (searches.get(wire) === search) searches.delete(wire);
	}
}

async function searchNow(wire: ImapWire, criteria: string): Promise<number[]> {
	const uids: number[] = [];
	await wire.run(`UID SEARCH ${criteria}`, ({ text }) => {
		if (!/^\* SEARCH\b/i.test(text)) return;
		for (const [uid] of text.matchAll(/\d+/g)) uids.push(Number(uid));
	});
	return uids.sort((a, b) => a - b);
}

/** Sizes and dates of mails, so that big mails can make small windows; mails that are gone are left out. */
async function listMails(wire: ImapWire, uids: readonly number[]): Promise<ListedMail[]> {
	const listed = await fetchItems(
		wire,
		uids,
		'(UID RFC822.SIZE INTERNALDATE)',
		({ sizeBytes, receivedAt }) => sizeBytes !== undefined || receivedAt !== undefined,
	);
	return listed.map(({ uid, sizeBytes = 0, receivedAt }) => ({ uid, sizeBytes, receivedAt }));
}

/** Reads mails without marking them (BODY.PEEK), big ones only up to the limit; mails that are gone are left out. */
async function readMails(
	wire: ImapWire,
	listed: readonly ListedMail[],
	{ readLimitBytes, windowBytes }: ReadingLimits,
): Promise<ReadMail[]> {
	// Sizes may be lies. What is far too much for a window waits for another run.
	let room = 2 * windowBytes + readLimitBytes;
	const read = (mails: ListedMail[], item: string) =>
		fetchItems(
			wire,
			mails.map(({ uid }) => uid),
			`(UID ${item})`,
			({ bytes }) => bytes !== undefined && (room -= bytes.length) >= 0,
		);
	const [whole, beginnings] = await Promise.all([
		read(
			listed.filter(({ sizeBytes }) => sizeBytes <= readLimitBytes),
			'BODY.PEEK[]',
		),
		read(
			listed.filter(({ sizeBytes }) => sizeBytes > readLimitBytes),
			`BODY.PEEK[]<0.${readLimitBytes}>`,
		),
	]);
	const fetched = new Map([...whole, ...beginnings].map((mail) => [mail.uid, mail]));
	return listed.flatMap(({ uid, sizeBytes, receivedAt }) => {
		const { bytes, isCut = false } = fetched.get(uid) ?? {};
		if (!bytes) return [];
		// A server's size may be an estimate, so it counts only where less than the mail was asked for.
		const isTruncated = isCut || (bytes.length >= readLimitBytes && sizeBytes > bytes.length);
		return [
			{ uid, receivedAt, bytes, isTruncated, sizeBytes: isTruncated ? sizeBytes : bytes.length },
		];
	});
}

/** Reads a piece from the middle of a mail (RFC 3501 §6.4.5, partial).
 *  @returns undefined behind the mail's end, whatever size the server announced, and when the mail is gone */
export async function readRest(
	wire: ImapWire,
	uid: number,
	from: number,
	size: number,
): Promise<Buffer | undefined> {
	const [mail] = await fetchItems(
		wire,
		[uid],
		`(UID BODY.PEEK[]<${from}.${size}>)`,
		({ bytes }) => bytes !== undefined,
	);
	return mail?.bytes?.length ? mail.bytes : undefined;
}

/** Fetches items of mails, ascending by UID. A mail that the server can't read (it answers NO) is left out and
 *  stays where it is, so that it does not keep the others from being read.
 *  @throws CommandRefused when the server refuses all of them */
async function fetchItems(
	wire: ImapWire,
	uids: readonly number[],
	items: string,
	hasThem: (mail: FetchedMail) => boolean,
): Promise<FetchedMail[]> {
	const found = new Map<number, FetchedMail>();
	const wanted = new Set(uids);
	const fetch = (some: readonly number[]) =>
		uidSets(some).map((set) =>
			wire.run(`UID FETCH ${set} ${items}`, (response) => {
				const mail = readFetch(response);
				if (mail && wanted.has(mail.uid) && hasThem(mail)) found.set(mail.uid, mail);
			}),
		);

	const refusal = await firstRefusal(fetch(uids));
	if (refusal) {
		if (refusal.status === 'BAD') throw refusal;
		const missing = uids.filter((uid) => !found.has(uid));
		for (const uid of missing) await firstRefusal(fetch([uid]));
		const [sample] = uidSets(uids);
		const isNoneLeft = (await searchUids(wire, `UID ${sample}`)).length === 0;
		if (found.size === 0 && !isNoneLeft) throw refusal;
	}
	return [...found.values()].sort((a, b) => a.uid - b.uid);
}

/** Waits for all; any failure but a refusal is thrown. */
async function firstRefusal(commands: Promise<string>[]): Promise<CommandRefused | undefined> {
	const settled = await Promise.allSettled(commands);
	const reasons = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
	const other = reasons.find((reason) => !(reason instanceof CommandRefused));
	if (other !== undefined) throw other;
	return reasons[0];
}
