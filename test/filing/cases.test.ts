import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { classify } from '../../service/classify/classify.ts';
import { shippedCatalogue } from '../../service/classify/presets.ts';
import { usualFiling, usualFilingSettings } from '../../service/contract/activity.ts';
import type { FilingOptions } from '../../service/contract/activity.ts';
import { decideActivity } from '../../service/filing/decide-activity.ts';
import type { FilingDecision } from '../../service/filing/decision.ts';
import { ownAddresses } from '../../service/filing/own-addresses.ts';
import { readIncoming } from '../../service/filing/read-incoming.ts';
import { standingOf } from '../../service/filing/standing.ts';
import { splitMail } from '../../service/messages/mail-splitter.ts';

/** What a case expects; what it leaves out is not looked at. */
interface Expected {
	outcome: 'filed' | 'ignored';
	ignoredBecause?: string;
	options?: Partial<FilingOptions>;
	/** Address, role, place, first name, last name. */
	parties?: string[][];
	subject?: string;
	date?: string;
	text?: string[];
	html?: string[];
	/** Name, type, bytes, and "inline" when it is shown in the text; left out: there is none. */
	files?: (string | number)[][];
	token?: string;
	references?: string[];
	/** Words of what is said to be damaged; left out: nothing is. */
	damage?: string;
}

const folder = join(import.meta.dirname, '../mail/filing');
const names = readdirSync(folder)
	.filter((file) => file.endsWith('.eml'))
	.map((file) => file.slice(0, -4));
const catalogue = shippedCatalogue('recommended');
const isOwn = ownAddresses([
	{ userName: 'office', localPart: '', emailDomain: 'example.org', returnPath: '' },
]);

describe('mails as they come', () => {
	test('there are at least forty', () => {
		assert.ok(names.length >= 40, `only ${names.length}`);
	});

	test.each(names)('%s', (name) => {
		const expected = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Expected;
		const options = { ...usualFiling, ...expected.options };
		const raw = readFileSync(join(folder, `${name}.eml`));
		const mail = readIncoming(splitMail(raw, { holdBytes: Infinity }), {
			sizeBytes: raw.length,
			isTruncated: false,
			receivedAt: new Date('2026-06-01T00:00:00Z'),
			settings: usualFilingSettings,
			options,
			isOwn,
			classify: (message) => classify(message, catalogue),
		});
		const nobody = standingOf({ contacts: [], neverFile: [], activities: [] });
		const decision = decideActivity(mail, nobody, { options, isOwn });

		assert.equal(
			decision.do === 'ignore' ? 'ignored' : 'filed',
			expected.outcome,
			decision.because,
		);
		if (decision.do === 'ignore')
			return assert.equal(decision.ignoredBecause, expected.ignoredBecause);
		checkActivity(decision, expected);
	});
});

function checkActivity(
	{ deed }: Extract<FilingDecision, { do: 'file' | 'join' }>,
	expected: Expected,
) {
	assert.ok('file' in deed.target);
	const { file } = deed.target;
	if (expected.parties)
		assert.deepEqual(
			deed.parties.map((party) => partyOf(party, deed)),
			expected.parties,
		);
	if (expected.subject) assert.equal(file.subject, expected.subject);
	if (expected.date) assert.equal(file.occurredAt.toISOString(), expected.date);
	for (const words of expected.text ?? [])
		assert.ok(file.text.includes(words), `no “${words}” in “${file.text}”`);
	for (const words of expected.html ?? []) assert.ok(file.html?.includes(words));
	assert.deepEqual(
		file.files.map(({ fileName, contentType, sizeBytes, isInline }) => [
			fileName,
			contentType,
			sizeBytes,
			...(isInline ? ['inline'] : []),
		]),
		expected.files ?? [],
	);
	assert.equal(file.token, expected.token ?? null);
	if (expected.references) assert.deepEqual(file.references, expected.references);
	assert.match(file.damage.join(' '), expected.damage ? new RegExp(expected.damage) : /^$/);
}

function partyOf(
	{ email, role, place }: { email: string; role: string; place: string },
	{
		newContacts,
	}: { newContacts: readonly { email: string; firstName: string; lastName: string }[] },
): string[] {
	const person = newContacts.find((one) => one.email === email)!;
	return [email, role, place, person.firstName, person.lastName];
}
