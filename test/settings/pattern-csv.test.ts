import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { ServiceError } from '../../service/errors.ts';
import { patternsAsCsv } from '../../service/settings/pattern-csv.ts';
import { readCsv } from '../../service/csv.ts';
import { typesAsCsv } from '../../service/settings/type-csv.ts';
import type { Site } from '../../service/site.ts';
import { aSite } from '../support/a-site.ts';

/** Expressions in the styles of CiviCRM's list, by type id. */
const inTheStylesOfCivi: [typeId: number, expression: string][] = [
	[1, 'complain(t|s) from your subscribers?'],
	[2, '(?:be|am) (?:out|away)(?: of (?:the|my) (?:office|desk))?'],
	[2, 'on (?:vacation|holiday|leave)\\b'],
	[2, 'automatic\\s+reply'],
	[3, 'name(?: |-)?server .* (?:failed|timed out)'],
	[3, 'domain .* (?:does not exist|not found)'],
	[4, 'connection (?:refused|reset|timed\\s?out)'],
	[4, '4\\.4\\.[12]'],
	[5, 'account\\s.*(?:closed|suspended|disabled)'],
	[5, 'no longer (?:employed|with us|in use)'],
	[6, '(?:user|recipient|mailbox) (?:is )?unknown'],
	[6, '5\\.1\\.1'],
	[6, '550[ -]no such (?:user|person)( here)?'],
	[6, 'invalid (?:mailbox|recipient|address)'],
	[7, 'too many hops'],
	[7, '5\\.4\\.6'],
	[8, '[45]\\.2\\.2'],
	[8, '(?:mailbox|quota|inbox) .*(?:full|exceeded)'],
	[8, 'over\\s*quota'],
	[9, 'relay(?:ing)? (?:access )?denied'],
	[9, 'mail for .* loops? back to myself'],
	[10, '[45]\\d\\d .*(?:spam|junk|virus)'],
	[10, 'blocked (?:by|using) .*\\.example\\.net'],
	[11, '50[0-4] .*(?:syntax|command)'],
	[11, '5\\.5\\.[0-9]'],
];

function civiExport(delimiter = ','): string {
	const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
	const rows = inTheStylesOfCivi.map(([type, pattern], i) =>
		[i + 1, type, quoted(pattern)].join(delimiter),
	);
	return [['id', 'bounce_type_id', 'pattern'].join(delimiter), ...rows].join('\n');
}

function importPatterns(site: Site, csv: string, options = {}) {
	const request = { csv, replace: false, dryRun: false, ...options };
	return site.inTransaction((inside) => inside.catalogueBook.importPatterns(request));
}

function importTypes(site: Site, csv: string, options = {}) {
	const request = { csv, replace: false, dryRun: false, ...options };
	return site.inTransaction((inside) => inside.catalogueBook.importTypes(request));
}

async function refusal(work: Promise<unknown>): Promise<ServiceError> {
	try {
		await work;
	} catch (error) {
		if (error instanceof ServiceError) return error;
		throw error;
	}
	throw new Error('It was not refused.');
}

describe('patterns from CSV', () => {
	test.each([',', ';', '\t'])(
		'CiviCRM’s export is taken with “%s” between the cells',
		async (delimiter) => {
			const { site } = await aSite();
			const report = await importPatterns(site, civiExport(delimiter));

			assert.equal(report.added, 25);
			assert.deepEqual(
				(await site.patterns.all()).map(({ typeId, expression }) => [typeId, expression]),
				inTheStylesOfCivi,
			);
		},
	);

	test('a file imported twice changes nothing the second time', async () => {
		const { site } = await aSite();
		await importPatterns(site, civiExport());

		const again = await importPatterns(site, civiExport());
		assert.deepEqual([again.added, again.unchanged, again.removed], [0, 25, 0]);
	});

	test('our export comes back as it was, quotes, line ends and reasons included', async () => {
		const { site, sites } = await aSite();
		for (const [typeId, expression] of inTheStylesOfCivi)
			await site.patterns.add({ typeId, expression, reason: null });
		await site.patterns.add({
			typeId: 6,
			expression: 'say "no",\nthen; go',
			reason: 'moved',
			isOn: false,
		});
		const csv = patternsAsCsv(await site.patterns.all());

		const other = await sites.introduce({ id: '2', name: 'Two', url: '', adminEmail: '' });
		assert.equal((await importPatterns(other, csv)).added, 26);
		const plain = async (one: Site) =>
			(await one.patterns.all()).map(({ id, ...fields }) => fields);
		assert.deepEqual(await plain(other), await plain(site));
	});

	test('types go by name where the file has it, in any case, and columns by many names', async () => {
		const { site } = await aSite();
		await site.catalogueBook.addType({ name: 'Grey list', description: '', holdThreshold: 3 });
		await importPatterns(
			site,
			'\uFEFFBounce Type;Regular Expression\r\ngrey LIST;"try\\slater"\r\n',
		);

		const [pattern] = await site.patterns.all();
		assert.deepEqual([pattern!.typeId, pattern!.expression], [12, 'try\\slater']);
	});

	test('every wrong line is named, and nothing is saved', async () => {
		const { site } = await aSite();
		const error = await refusal(
			importPatterns(
				site,
				'type,pattern\nInvalid,fine\nInvalid,(open\n"Nonsense",fine too\n\nQuota,"two\nlines"\nQuota,\n',
			),
		);

		assert.deepEqual(Object.keys(error.fields!), ['line 3', 'line 4', 'line 8']);
		assert.match(error.message, /Nothing was imported. Line 3: .* 2 more lines are wrong/);
		assert.deepEqual(await site.patterns.all(), []);
	});

	test('a file without the columns, or with a quote that never closes, is refused in words', async () => {
		const { site } = await aSite();

		assert.match((await refusal(importPatterns(site, 'a,b\n1,2'))).message, /no column “pattern”/);
		assert.match((await refusal(importPatterns(site, 'pattern\nx'))).message, /“bounce_type_id”/);
		assert.match(
			(await refusal(importPatterns(site, 'type,pattern\nQuota,"x\n'))).message,
			/line 2 never closes/,
		);
	});

	test('a dry run says what would be; replacing removes what the file does not have', async () => {
		const { site } = await aSite();
		await site.patterns.add({ typeId: 6, expression: 'old one', reason: null });
		const request = { replace: true };
		const dry = await importPatterns(site, civiExport(), { ...request, dryRun: true });
		assert.deepEqual([dry.added, dry.removed], [25, 1]);
		assert.match(dry.sentence, /^Nothing was changed/);
		assert.equal((await site.patterns.all()).length, 1);

		await importPatterns(site, civiExport(), request);
		assert.equal((await site.patterns.all()).length, 25);
	});
});

describe('types from CSV', () => {
	test('CiviCRM’s types come with their thresholds; unknown ones are added', async () => {
		const { site } = await aSite();
		const report = await importTypes(
			site,
			'id,name,description,hold_threshold\n2,Away,Recipient is on vacation,30\n6,Invalid,Email address is not valid,1\n12,Ours,"Special, very",2\n',
		);

		assert.deepEqual([report.added, report.changed, report.unchanged], [1, 1, 1]);
		const { types } = await site.catalogueBook.settings();
		assert.equal(types[1]!.holdThreshold, 30);
		assert.deepEqual(types.at(-1)!.description, 'Special, very');
	});

	test('our export comes back as it was', async () => {
		const { site, sites } = await aSite();
		await site.catalogueBook.addType({ name: 'Ours', description: 'a "b"', holdThreshold: 2 });
		await site.catalogueBook.change({ types: [{ id: 3, isOn: false, holdThreshold: 8 }] });
		const csv = typesAsCsv(await site.catalogueBook.settings());

		const other = await sites.introduce({ id: '2', name: 'Two', url: '', adminEmail: '' });
		await importTypes(other, csv);
		assert.equal(typesAsCsv(await other.catalogueBook.settings()), csv);
	});

	test('wrong lines are named and nothing is saved; replacing removes only added types', async () => {
		const { site } = await aSite();
		await site.catalogueBook.addType({ name: 'Ours', description: '', holdThreshold: 2 });
		const error = await refusal(
			importTypes(site, 'name;threshold\nAway;often\n;3\nLoop;4\nLOOP;5\n'),
		);
		assert.deepEqual(Object.keys(error.fields!), ['line 2', 'line 3', 'line 5']);

		const report = await importTypes(site, 'name;threshold\nLoop;4\n', { replace: true });
		assert.deepEqual([report.changed, report.removed], [1, 1]);
		assert.equal((await site.catalogueBook.settings()).types.length, 11);
	});
});

test('CSV is read with any line ends, empty cells and doubled quotes', () => {
	const { columns, rows } = readCsv('A,b_c\r1,"x ""y"""\r\n,\r\n2,\n');

	assert.deepEqual(columns, ['a', 'bc']);
	assert.deepEqual(
		rows.map(({ line, cell }) => [line, cell('a'), cell('B C'), cell('no')]),
		[
			[2, '1', 'x "y"', undefined],
			[4, '2', '', undefined],
		],
	);
});
