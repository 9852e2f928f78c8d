import { createHash } from 'node:crypto';
import { open, rename, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isMissing } from '../maildir/folders.ts';
import { mailsInMbox, readFully } from '../../messages/mbox-format.ts';

/** What is to become of an mbox file: its bytes from `from` on are replaced. Written beside the mbox before it is
 *  touched, so that the work can be finished after a crash at any point. */
interface Plan {
	from: number;
	/** How long the mbox was. */
	oldSize: number;
	/** Bytes of the plan that come in place of the old. */
	keptBytes: number;
	/** SHA-1 of what the old file has behind them: tells whether it was cut already. */
	restHash: string;
}

/** Bytes of a file, from `start` up to and without `end`. */
export interface Range {
	start: number;
	end: number;
}

/** Takes mails out of an mbox in place: the file stays the same file, which programs may have open already. The caller
 *  holds its lock.
 *  @param isDone which mails, by their ids
 *  @param planPath a file on the same disk for the time of the work */
export async function takeOut(
	path: string,
	planPath: string,
	isDone: (id: string) => boolean,
): Promise<void> {
	const handle = await open(path, 'r+');
	try {
		const { size } = await handle.stat();
		const kept: Range[] = [];
		let from: number | undefined;
		for await (const mail of mailsInMbox(handle, size)) {
			const isTaken = isDone(mail.id) && !mail.isInternal;
			if (isTaken) from ??= mail.start;
			else if (from !== undefined) join(kept, mail);
		}
		if (from === undefined) return;
		await makePlan(handle, planPath, { from, size, kept });
		await carryOut(handle, planPath);
	} finally {
		await handle.close();
	}
}

/** Finishes what a crash broke off, if there is anything. The caller holds the lock of the mbox. */
export async function finishTakingOut(path: string, planPath: string): Promise<void> {
	try {
		await stat(planPath);
	} catch (error) {
		if (isMissing(error)) return;
		throw error;
	}
	const handle = await open(path, 'r+');
	try {
		await carryOut(handle, planPath);
	} finally {
		await handle.close();
	}
}

/** Adds a range to others, to the last one where it goes on from there. */
export function join(kept: Range[], { start, end }: Range): void {
	const last = kept.at(-1);
	if (last?.end === start) last.end = end;
	else kept.push({ start, end });
}

async function makePlan(
	mbox: FileHandle,
	planPath: string,
	{ from, size, kept }: { from: number; size: number; kept: readonly Range[] },
): Promise<void> {
	const keptBytes = kept.reduce((sum, { start, end }) => sum + end - start, 0);
	const restHash = await hashOf(mbox, from + keptBytes, size);
	await writePlan(planPath, { from, oldSize: size, keptBytes, restHash }, async (plan) => {
		for (const { start, end } of kept) await append(mbox, start, end, plan);
	});
}

async function writePlan(
	planPath: string,
	plan: Plan,
	writeKept: (file: FileHandle) => Promise<void>,
): Promise<void> {
	const file = await open(`${planPath}.new`, 'w', 0o600);
	try {
		await file.appendFile(`${JSON.stringify(plan)}\n`);
		await writeKept(file);
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(`${planPath}.new`, planPath);
}

/** Safe to repeat, however far it came before. */
async function carryOut(mbox: FileHandle, planPath: string): Promise<void> {
	const planned = await open(planPath, 'r');
	try {
		const { plan, keptStart } = await readPlan(planned);
		const { size } = await mbox.stat();
		const newEnd = plan.from + plan.keptBytes;
		const keptEnd = keptStart + plan.keptBytes;
		const isUncut =
			size >= plan.oldSize && (await hashOf(mbox, newEnd, plan.oldSize)) === plan.restHash;
		if (isUncut && size > plan.oldSize) {
			// Mail came in after the crash, behind what was to be cut off.
			const keptBytes = plan.keptBytes + size - plan.oldSize;
			const restHash = await hashOf(mbox, plan.from + keptBytes, size);
			await writePlan(planPath, { ...plan, oldSize: size, keptBytes, restHash }, async (file) => {
				await append(planned, keptStart, keptEnd, file);
				await append(mbox, plan.oldSize, size, file);
			});
			await carryOut(mbox, planPath);
			return;
		}
		if (isUncut) {
			await copy(planned, keptStart, keptEnd, mbox, plan.from);
			await mbox.sync();
			await mbox.truncate(newEnd);
		} else if (!(await hasKept(mbox, plan, planned, keptStart))) {
			// Another program wrote the file anew after the crash, from a state between: rather twice than never.
			await copy(planned, keptStart, keptEnd, mbox, size);
		}
		await mbox.sync();
	} finally {
		await planned.close();
	}
	await unlink(planPath);
}

async function hasKept(
	mbox: FileHandle,
	{ from, keptBytes }: Plan,
	planned: FileHandle,
	keptStart: number,
): Promise<boolean> {
	const wanted = await hashOf(planned, keptStart, keptStart + keptBytes);
	return (await hashOf(mbox, from, from + keptBytes)) === wanted;
}

async function readPlan(planned: FileHandle): Promise<{ plan: Plan; keptStart: number }> {
	const beginning = await readFully(planned, 0, 1000);
	const keptStart = beginning.indexOf(10) + 1;
	return { plan: JSON.parse(beginning.toString('utf8', 0, keptStart)) as Plan, keptStart };
}

async function hashOf(handle: FileHandle, from: number, to: number): Promise<string> {
	const hash = createHash('sha1');
	for await (const piece of piecesOf(handle, from, to)) hash.update(piece);
	return hash.digest('hex');
}

async function append(from: FileHandle, start: number, end: number, to: FileHandle): Promise<void> {
	for await (const piece of piecesOf(from, start, end)) await to.appendFile(piece);
}

async function copy(
	from: FileHandle,
	start: number,
	end: number,
	to: FileHandle,
	position: number,
): Promise<void> {
	let at = position;
	for await (const piece of piecesOf(from, start, end)) {
		await to.write(piece, 0, piece.length, at);
		at += piece.length;
	}
}

const pieceBytes = 1024 * 1024;

/** The bytes of a file between two positions, in pieces. */
export async function* piecesOf(
	handle: FileHandle,
	start: number,
	end: number,
): AsyncGenerator<Buffer, void, undefined> {
	for (let at = start; at < end;) {
		const piece = await readFully(handle, at, Math.min(pieceBytes, end - at));
		if (piece.length === 0) return;
		yield piece;
		at += piece.length;
	}
}
