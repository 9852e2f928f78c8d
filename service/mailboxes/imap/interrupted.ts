import { readFetch } from '../fetched-mail.ts';
import { quoteFolder } from '../folder-names.ts';
import { searchUids } from './reading.ts';
import { CommandRefused } from './wire.ts';
import type { ImapWire } from './wire.ts';
import { uidSets } from './uid-sets.ts';

/** A keyword (RFC 3501 §2.3.2) that mails bear while they are moved by a server that has no MOVE. Copying, marking and
 *  expunging are three commands then, and a connection that breaks in between leaves a mail in two places. */
export const movingKeyword = '$ReturnChannelMoving';

/** Mails of the source that an earlier run was moving when it was interrupted. */
export interface InterruptedMoves {
	/** UIDs of those that have arrived in a filing folder, by its name; only taking them out of the source is left. */
	arrived: ReadonlyMap<string, ReadonlySet<number>>;
	/** UIDs of those that are marked as deleted, too. */
	marked: number[];
}

/** What there is when a server has MOVE, which is done or not. */
export const noInterruptedMoves = (): InterruptedMoves => ({ arrived: new Map(), marked: [] });

/** Mails are moved in their order, so those that an interrupted run was moving are among the first. */
const mostDoubtful = 2_000;

/** Looks for mails that an interrupted run left in two places; changes nothing. The source is open before and after.
 *  @param source where keywords are not kept, every mail may be one of them
 *  @param folders names of the filing folders that exist */
export async function findInterruptedMoves(
	wire: ImapWire,
	source: { name: string; takesKeywords: boolean },
	folders: readonly string[],
): Promise<InterruptedMoves> {
	const { marked, doubtful } = source.takesKeywords
		? await movingMails(wire)
		: { marked: [], doubtful: (await searchUids(wire, 'UNDELETED')).slice(0, mostDoubtful) };
	if (doubtful.length === 0) return { arrived: new Map(), marked };

	const looks = await looksOf(wire, doubtful);
	const arrived = new Map<string, Set<number>>();
	for (const folder of folders) {
		await wire.run(`EXAMINE ${quoteFolder(folder)}`);
		// Copies come last, and nothing else comes into a filing folder after them before the next run.
		const newest = (await searchUids(wire, 'UNDELETED')).slice(-2 * doubtful.length);
		arrived.set(folder, pairOff(looks, await looksOf(wire, newest)));
	}
	await wire.run(`SELECT ${quoteFolder(source.name)}`);
	return { arrived, marked };
}

/** The mails that bear the keyword, those that are marked as deleted apart. Their flags are asked for, because taking a mail out
 *  is nothing to do on the word of a server that takes every search for “all”. */
async function movingMails(wire: ImapWire): Promise<{ marked: number[]; doubtful: number[] }> {
	const marked: number[] = [];
	const doubtful: number[] = [];
	for (const set of uidSets(await keywordUids(wire))) {
		await wire.run(`UID FETCH ${set} (UID FLAGS)`, (response) => {
			const uid = readFetch(response)?.uid;
			const flags = /[( ]FLAGS \(([^)]*)\)/i.exec(response.text)?.[1]?.toLowerCase().split(' ');
			if (uid === undefined || !flags?.includes(movingKeyword.toLowerCase())) return;
			(flags.includes('\\deleted') ? marked : doubtful).push(uid);
		});
	}
	return { marked, doubtful };
}

/** None at a server that knows no keywords. */
async function keywordUids(wire: ImapWire): Promise<number[]> {
	try {
		return await searchUids(wire, `KEYWORD ${movingKeyword}`);
	} catch (error) {
		if (error instanceof CommandRefused) return [];
		throw error;
	}
}

/** What a mail and its copy have in common: size, the date the mailbox got it, and the lines that name it. A mail without
 *  such lines has no look: it is rather copied again than taken for another. */
async function looksOf(wire: ImapWire, uids: readonly number[]): Promise<Map<number, string>> {
	const looks = new Map<number, string>();
	const items =
		'RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE FROM TO SUBJECT)]';
	for (const set of uidSets(uids)) {
		await wire.run(`UID FETCH ${set} (UID ${items})`, (response) => {
			const mail = readFetch(response);
			const lines = response.literals[0]?.bytes.toString('latin1').trim();
			if (mail && lines)
				looks.set(mail.uid, `${mail.sizeBytes} ${mail.receivedAt?.getTime()} ${lines}`);
		});
	}
	return looks;
}

/** @returns those of `mails` that have a copy, each a copy of its own */
function pairOff(mails: Map<number, string>, copies: Map<number, string>): Set<number> {
	const left = [...copies.values()];
	const paired = new Set<number>();
	for (const [uid, look] of mails) {
		const at = left.indexOf(look);
		if (at < 0) continue;
		left.splice(at, 1);
		paired.add(uid);
	}
	return paired;
}
