import { readFileSync } from 'node:fs';
import type { Verdict } from '../contract/bounce.ts';
import type { Catalogue } from '../classify/catalogue.ts';
import type { Classification } from '../classify/classification.ts';
import { classify } from '../classify/classify.ts';
import { shippedCatalogue } from '../classify/presets.ts';
import { parseMessage } from '../messages/parse-message.ts';
import type { Output } from './classify.ts';
import { classifiedLine } from './classify.ts';

/** What each kind means, in words. */
const kindInWords = {
	bounce: 'A bounce: the mail was not delivered.',
	delayed: 'A delay notice: the server is still trying.',
	delivered: 'A report that the mail was delivered.',
	'auto-reply': 'An automatic answer.',
	arf: 'A complaint: somebody pressed “this is spam”.',
	mdn: 'A read receipt.',
	'dmarc-ruf': 'A report of one mail that failed DMARC.',
	'dmarc-rua': 'A DMARC summary of the sending domain.',
	'challenge-response': 'A challenge: somebody wants to be sure that a person wrote.',
	'not-bounce': 'Ordinary mail: no bounce.',
} as const;

/** `return-channel replay mail.eml`: explains one mail in words. Needs no database.
 *  @returns the exit status: 0, or 2 when no file is named */
export async function replayCommand(argv: readonly string[], out: Output): Promise<number> {
	const [path] = argv.filter((argument) => !argument.startsWith('--'));
	if (!path) {
		out.write('Usage: return-channel replay mail.eml');
		return 2;
	}
	out.write(explain(readFileSync(path), shippedCatalogue('recommended')));
	return 0;
}

/** One mail explained: what it is, what it says about whom, why we think so, and what would be done.
 *  @param bytes the mail as it came */
export function explain(bytes: Buffer, catalogue: Catalogue): string {
	const message = parseMessage(bytes);
	const classification = classify(message, catalogue);
	const line = classifiedLine('', classification, catalogue);
	const lines = [
		`“${message.subject}” from ${message.from ?? 'nobody'}`,
		`${kindOf(classification)} Told by: ${classification.decidedBy}.`,
		...classification.verdicts.flatMap((verdict, i) =>
			verdictInWords(verdict, catalogue, line.per_recipient[i]!.hold_now),
		),
	];
	if (classification.newAddress) lines.push(`It names a new address: ${classification.newAddress}`);
	if (message.damage.length > 0) lines.push(`Damage: ${message.damage.join(' ')}`);
	return lines.join('\n');
}

/** RFC 6591 reports have the form of complaints, and nobody complained. */
function kindOf({ kind, verdicts }: Classification): string {
	return kind === 'arf' && verdicts.length === 0
		? 'A report that a mail failed authentication (DMARC, DKIM or SPF).'
		: kindInWords[kind];
}

function verdictInWords(verdict: Verdict, catalogue: Catalogue, holdsAlone: boolean): string[] {
	const reason = catalogue.reasons.get(verdict.reason);
	const threshold = catalogue.types.get(verdict.type)?.holdThreshold;
	return [
		'',
		`${verdict.recipient ?? 'No recipient named'}: ${reason?.label ?? verdict.reason} (type ${verdict.type}, fault: ${verdict.fault})`,
		...(verdict.diagnostic ? [`  The server says: ${verdict.diagnostic}`] : []),
		...(verdict.reportingServer ? [`  Server: ${verdict.reportingServer}`] : []),
		...(verdict.status ? [`  Status: ${verdict.status}`] : []),
		`  Decided by ${verdict.decidedBy}${verdict.evidence ? `: “${verdict.evidence}”` : ''}`,
		`  ${consequence(holdsAlone, reason?.countsTowardHold ?? false, threshold)}`,
		...(reason ? [`  ${reason.advice}`] : []),
	];
}

function consequence(holdsAlone: boolean, counts: boolean, threshold: number | undefined): string {
	if (holdsAlone)
		return 'It would hold the address at once, if it is proved to be about a mail of ours.';
	if (!counts || !threshold) return 'It does not count toward a hold.';
	return `It counts toward a hold, which comes with bounce ${threshold} of this type.`;
}
