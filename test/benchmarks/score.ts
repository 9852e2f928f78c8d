/** `npm run score -- FOLDER`: classifies the mails of a folder and compares with its `expectations.jsonl`. One line a mail:
 *  `{id, kind, recipients?, alt_recipients?, type?, type_ok?, fault?}`; the id is the path in the folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClassifiedLine } from '../../service/cli/classify.ts';
import { classifiedLine, mailsIn } from '../../service/cli/classify.ts';
import { classify } from '../../service/classify/classify.ts';
import { shippedCatalogue } from '../../service/classify/presets.ts';
import { parseMessage } from '../../service/messages/parse-message.ts';

interface Expectation {
	id: string;
	kind: string;
	recipients?: string[];
	alt_recipients?: string[];
	type?: string;
	type_ok?: string[];
	fault?: string;
}

const [folder, ...options] = process.argv.slice(2);
if (!folder) {
	console.error('Usage: npm run score -- FOLDER [--list]');
	process.exit(2);
}
const expectations = readFileSync(join(folder, 'expectations.jsonl'), 'utf8')
	.split('\n')
	.filter((line) => line.trim() !== '')
	.map((line) => JSON.parse(line) as Expectation);
const found = await classified(folder);
const isFailure = (kind: string | undefined) => kind === 'bounce' || kind === 'delayed';
const failures = expectations.filter(({ kind }) => isFailure(kind));
const answerTo = ({ id }: Expectation) => found.get(id);

report('failures and delays detected', failures, (e) => isFailure(answerTo(e)?.kind));
report(
	'recipients exactly right',
	failures.filter(({ recipients }) => recipients && recipients.length > 0),
	(e) => {
		const named = setOf(answerTo(e)?.recipients);
		return (
			named === setOf(e.recipients) || (!!e.alt_recipients && named === setOf(e.alt_recipients))
		);
	},
);
report(
	'type acceptable',
	failures.filter(({ type }) => type),
	(e) => (e.type_ok ?? [e.type]).includes(answerTo(e)?.type ?? ''),
);
report(
	'type exactly as named first',
	failures.filter(({ type }) => type),
	(e) => e.type === answerTo(e)?.type,
);
report(
	'not held at once for what is not the address’s fault',
	failures.filter(({ fault }) => ['sender', 'network', 'mailbox'].includes(fault ?? '')),
	(e) => !answerTo(e)?.hold_now,
);
report(
	'other mails not taken for bounces',
	expectations.filter(
		({ kind }) => !isFailure(kind) && !['unknown', 'delivered', 'arf', 'auto-reply'].includes(kind),
	),
	(e) => !isFailure(answerTo(e)?.kind),
);
for (const kind of [
	'arf',
	'auto-reply',
	'delayed',
	'delivered',
	'mdn',
	'dmarc-ruf',
	'challenge-response',
]) {
	report(
		`${kind} told as such`,
		expectations.filter((e) => e.kind === kind),
		(e) => answerTo(e)?.kind === kind,
	);
}
report(
	'final failures not called delays',
	failures.filter(({ kind }) => kind === 'bounce'),
	(e) => answerTo(e)?.kind !== 'delayed',
);

async function classified(from: string): Promise<Map<string, ClassifiedLine>> {
	const catalogue = shippedCatalogue('recommended');
	const lines = new Map<string, ClassifiedLine>();
	for await (const { id, bytes } of mailsIn(from)) {
		lines.set(id, classifiedLine(id, classify(parseMessage(bytes), catalogue), catalogue));
	}
	return lines;
}

function report(
	what: string,
	asked: readonly Expectation[],
	isRight: (expectation: Expectation) => boolean,
): void {
	if (asked.length === 0) return;
	const wrong = asked.filter((expectation) => !isRight(expectation));
	const right = asked.length - wrong.length;
	const percent = ((100 * right) / asked.length).toFixed(1);
	console.log(`${percent.padStart(5)} %  ${`${right}/${asked.length}`.padStart(9)}  ${what}`);
	if (options.includes('--list'))
		for (const { id } of wrong) console.log(`                    ${id}`);
}

function setOf(addresses: readonly string[] | undefined): string {
	const plain = (addresses ?? []).map((one) =>
		one
			.trim()
			.toLowerCase()
			.replace(/^[<"' ]+|[>"' ;,.]+$/g, ''),
	);
	return [...new Set(plain)].sort().join(' ');
}
