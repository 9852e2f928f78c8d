import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Classification } from '../../service/classify/classification.ts';
import { classify } from '../../service/classify/classify.ts';
import { shippedCatalogue } from '../../service/classify/presets.ts';
import type { Verdict } from '../../service/contract/bounce.ts';
import { parseMessage } from '../../service/messages/parse-message.ts';
import { mailFolders, namesIn, readMail } from '../mail/mails.ts';
import type { Expected, ExpectedRecipient } from '../mail/mails.ts';

const catalogue = shippedCatalogue('recommended');
/** Mails that the classifier gets wrong still, and why; a mail that it gets right has to leave the list. */
const notYet = JSON.parse(
	readFileSync(new URL('../mail/not-yet.json', import.meta.url), 'utf8'),
) as Record<string, string>;

for (const folder of mailFolders) {
	describe(folder, () => {
		for (const mail of namesIn(folder).map((name) => readMail(name))) {
			const check = mail.name in notYet ? test.fails : test;
			check(`${mail.name.slice(folder.length + 1)} is ${inWords(mail.expected)}`, () => {
				const found = classify(parseMessage(mail.bytes), catalogue);

				expect(asFound(found, mail.expected)).toEqual(asExpected(mail.expected));
			});
		}
	});
}

function inWords({ kind, recipients }: Expected): string {
	const types = recipients.map(({ type }) => type).join(' and ');
	return kind === 'bounce' ? types : [kind, types && `(${types})`].filter(Boolean).join(' ');
}

function asExpected({ kind, recipients, newAddress }: Expected) {
	return {
		kind,
		newAddress,
		recipients: recipients
			.map(({ email, type, fault, reason, status }) => ({
				email: email?.toLowerCase() ?? null,
				type,
				fault,
				reason,
				status,
			}))
			.sort(byEmail),
	};
}

/** The answer in the words of the expectation: whatever the expectation also accepts is written as what it
 *  names first, and what it does not ask for is left out, so that a plain comparison shows what differs. */
function asFound({ kind, verdicts, newAddress }: Classification, expected: Expected) {
	const { recipients, orNobody } = expected;
	if (orNobody && verdicts.length === 0) return { ...asExpected(expected), kind, newAddress };

	const found = verdicts.map((verdict) => {
		const email = verdict.recipient?.toLowerCase() ?? null;
		const wanted = recipients.find((recipient) => isAbout(email, recipient));
		return wanted
			? inItsWords(verdict, wanted)
			: { email, type: verdict.type, fault: verdict.fault };
	});
	return { kind, newAddress, recipients: found.sort(byEmail) };
}

function isAbout(
	email: string | null,
	{ email: wanted, emailOk = [] }: ExpectedRecipient,
): boolean {
	return [wanted, ...emailOk].some((ok) => (ok?.toLowerCase() ?? null) === email);
}

function inItsWords(verdict: Verdict, wanted: ExpectedRecipient) {
	return {
		email: wanted.email?.toLowerCase() ?? null,
		type: wanted.typeOk?.includes(verdict.type) ? wanted.type : verdict.type,
		fault: wanted.faultOk?.includes(verdict.fault) ? wanted.fault : verdict.fault,
		reason: wanted.reason === undefined ? undefined : verdict.reason,
		status: wanted.status === undefined ? undefined : verdict.status,
	};
}

function byEmail(a: { email: string | null }, b: { email: string | null }): number {
	return (a.email ?? '').localeCompare(b.email ?? '');
}
