import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Catalogue } from '../classify/catalogue.ts';
import { classify } from '../classify/classify.ts';
import type { Classification } from '../classify/classification.ts';
import { shippedCatalogue } from '../classify/presets.ts';
import { isGzip } from '../messages/is-gzip.ts';
import { splitMbox, withoutFromLine } from '../messages/mbox-format.ts';
import { parseMessage } from '../messages/parse-message.ts';

/** Where a command writes, a line at a time. */
export interface Output {
	write(line: string): void;
}

/** One line of `classify --jsonl`. */
export interface ClassifiedLine {
	id: string;
	kind: Classification['kind'];
	recipients: string[];
	type: string | null;
	reason: string | null;
	fault: string | null;
	status: string | null;
	hold_now: boolean;
	per_recipient: {
		recipient: string | null;
		type: string;
		reason: string;
		fault: string;
		status: string | null;
		diagnostic: string | null;
		decided_by: string;
		evidence: string | null;
		hold_now: boolean;
	}[];
}

/** `return-channel classify [--jsonl] FILES|FOLDERS|MBOXES…`: one line a mail. Needs no database.
 *  @returns the exit status: 0, or 2 when there is nothing to read */
export async function classifyCommand(argv: readonly string[], out: Output): Promise<number> {
	const isJson = argv.includes('--jsonl');
	const paths = argv.filter((argument) => !argument.startsWith('--'));
	if (paths.length === 0) {
		out.write('Usage: return-channel classify [--jsonl] FILES|FOLDERS|MBOXES…');
		return 2;
	}
	const catalogue = shippedCatalogue('recommended');
	for (const path of paths) {
		for await (const { id, bytes } of mailsIn(path)) {
			const line = classifiedLine(id, classify(parseMessage(bytes), catalogue), catalogue);
			out.write(isJson ? JSON.stringify(line) : asSentence(line));
		}
	}
	return 0;
}

/** One mail's answer as the command prints it; the top-level values are those of the first verdict. */
export function classifiedLine(
	id: string,
	{ kind, verdicts }: Classification,
	catalogue: Catalogue,
): ClassifiedLine {
	const holds = (type: string, reason: string) =>
		kind !== 'delayed' &&
		catalogue.types.get(type)?.holdThreshold === 1 &&
		catalogue.reasons.get(reason)?.countsTowardHold === true;
	const perRecipient = verdicts.map((verdict) => ({
		recipient: verdict.recipient ?? null,
		type: verdict.type,
		reason: verdict.reason,
		fault: verdict.fault,
		status: verdict.status ?? null,
		diagnostic: verdict.diagnostic ?? null,
		decided_by: verdict.decidedBy,
		evidence: verdict.evidence ?? null,
		hold_now: holds(verdict.type, verdict.reason),
	}));
	const first = perRecipient[0];
	return {
		id,
		kind,
		recipients: perRecipient.flatMap(({ recipient }) => recipient ?? []),
		type: first?.type ?? null,
		reason: first?.reason ?? null,
		fault: first?.fault ?? null,
		status: first?.status ?? null,
		hold_now: perRecipient.some(({ hold_now: isHeld }) => isHeld),
		per_recipient: perRecipient,
	};
}

/** The mails of a file, an mbox, or a folder and its folders; the id is the path relative to what was given. */
export async function* mailsIn(
	path: string,
): AsyncGenerator<{ id: string; bytes: Buffer }, void, undefined> {
	if (!statSync(path).isDirectory()) {
		yield* mailsOfFile(path, basename(path));
		return;
	}
	for (const file of filesIn(path)) yield* mailsOfFile(file, relative(path, file));
}

function* filesIn(folder: string): Generator<string> {
	const entries = readdirSync(folder, { withFileTypes: true });
	for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) yield* filesIn(path);
		else if (entry.isFile()) yield path;
	}
}

async function* mailsOfFile(
	path: string,
	id: string,
): AsyncGenerator<{ id: string; bytes: Buffer }, void, undefined> {
	const bytes = plainBytes(path);
	// A bounce saved with its From_ line has another in the copy it returns: only an mbox is split.
	const mails = /\.mbo?x$|(?:^|\/)[^./]+$/i.test(path.replace(/\.gz$/i, ''))
		? await splitMbox(bytes)
		: [withoutFromLine(bytes)];
	if (mails.length <= 1) yield { id, bytes };
	else for (const [i, mail] of mails.entries()) yield { id: `${id}#${i + 1}`, bytes: mail };
}

/** No export of mails that fits into memory unpacks to more. */
const mostUnpackedBytes = 1024 * 1024 * 1024;

/** A file's bytes, unpacked when its first bytes say that it is gzip'ed. */
function plainBytes(path: string): Buffer {
	const bytes = readFileSync(path);
	if (!isGzip(bytes)) return bytes;
	try {
		return gunzipSync(bytes, { maxOutputLength: mostUnpackedBytes });
	} catch (cause) {
		throw new Error(`${path} is damaged, or unpacks to more than 1 GiB.`, { cause });
	}
}

function asSentence({ id, kind, per_recipient: all }: ClassifiedLine): string {
	if (all.length === 0) return `${id}: ${kind}`;
	const each = all.map(
		({ recipient, type, reason, decided_by: by }) =>
			`${recipient ?? 'nobody named'} ${type} (${reason}, by ${by})`,
	);
	return `${id}: ${kind}: ${each.join('; ')}`;
}
