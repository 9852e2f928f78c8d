import assert from 'node:assert/strict';
import { describe, expect, test } from 'vitest';
import type { ImportOptions, ImportTarget } from '../../service/contract/contact.ts';
import type { ImportRows } from '../../service/crm/contact-book.ts';
import { guessTargets } from '../../service/crm/builtin/contacts/imports/guess-targets.ts';
import { readRow, splitName } from '../../service/crm/builtin/contacts/imports/read-row.ts';
import { CsvLineReader, readCsvLines } from '../../service/csv.ts';
import type { CsvLine } from '../../service/csv.ts';
import { contactFile } from '../../service/http/handlers/contact-file.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import type { Site } from '../../service/site.ts';
import { aSite } from '../support/a-site.ts';
import { by, idOf } from './a-contact.ts';

const usual: ImportOptions = { onKnown: 'fill-gaps', groupId: null, makeGroups: true };

/** Uploads a file in parts. */
async function upload(site: Site, text: string, partSize = 500_000) {
	const { id } = await site.contacts.imports.open('people.csv', { who: 'Carla', at: site.now() });
	for (let part = 0; part * partSize < text.length; part += 1) {
		const piece = text.slice(part * partSize, (part + 1) * partSize);
		const isLast = (part + 1) * partSize >= text.length;
		await site.contacts.imports.addPart({ id, part, text: piece, isLast });
	}
	return site.contacts.imports.get(id);
}

async function importFile(site: Site, text: string, options: Partial<ImportOptions> = {}) {
	const { id, mapping } = await upload(site, text);
	const choice = { mapping, options: { ...usual, ...options } };
	const preview = await site.contacts.imports.preview(id, choice);
	await site.contacts.imports.ask(id, choice);
	const { run } = await runJob(site, 'import_contacts', { trigger: 'by-hand' });
	const done = await site.contacts.imports.get(id);
	assert.equal(run.state, 'done', run.sentence);
	const { added, changed, skipped, failed } = done;
	assert.deepEqual(preview.counts, { added, changed, skipped, failed });
	return done;
}

async function everybody(site: Site) {
	const { rows } = await site.contacts.list({ per_page: 100 });
	const records = [];
	for (const { id } of rows) records.push((await site.contacts.record(id))!);
	return records;
}

describe('columns are guessed', () => {
	test.each<[string, string, ImportTarget[]]>([
		[
			'in English',
			'First Name,Last Name,E-mail,Company,Notes',
			['firstName', 'lastName', 'email', 'employer', 'note'],
		],
		[
			'in German',
			'Vorname;Name;E-Mail-Adresse;Firma',
			['firstName', 'lastName', 'email', 'employer'],
		],
		['in French', 'Prénom;Nom;Courriel;Groupes', ['firstName', 'lastName', 'email', 'group']],
		['in Spanish', 'Nombre,Apellidos,Correo electrónico', ['firstName', 'lastName', 'email']],
		[
			'in Dutch',
			'Voornaam,Achternaam,E-mailadres,Opmerkingen',
			['firstName', 'lastName', 'email', 'note'],
		],
		['a single name', 'Name,Email,Email 2', ['fullName', 'email', 'email2']],
		['two alike', 'Email,E-Mail,Shoe size', ['email', 'email2', 'skip']],
	])('%s', (_, header, expected) => {
		expect(guessTargets(header.split(/[,;]/), [])).toEqual(expected);
	});

	test('the address by what stands in the column, where no heading says it', () => {
		const rows = [
			['7', 'anna@one.example'],
			['8', ''],
			['9', 'bert@one.example'],
		];
		expect(guessTargets(['No', 'Contact'], rows)).toEqual(['skip', 'email']);
	});
});

describe('a row is read', () => {
	test.each([
		['Berg, Anna', 'Anna', 'Berg'],
		['Anna Maria Berg', 'Anna Maria', 'Berg'],
		['Ludwig van der Berg', 'Ludwig', 'van der Berg'],
		['Anna', 'Anna', ''],
		['', '', ''],
	])('the name “%s”', (whole, firstName, lastName) => {
		expect(splitName(whole)).toEqual({ firstName, lastName });
	});

	test('words for yes, kinds and states in several languages, and several addresses in a cell', () => {
		const mapping: ImportTarget[] = ['email', 'kind', 'isOptedOut', 'doNotEmail', 'group', 'name'];
		expect(
			readRow(
				[
					'a@one.example | A@one.example, b@one.example',
					'Firma',
					'ja',
					'Nein',
					'News | Board',
					"'=Sum",
				],
				mapping,
			),
		).toMatchObject({
			emails: ['a@one.example', 'b@one.example'],
			kind: 'Organization',
			isOptedOut: true,
			doNotEmail: false,
			groups: ['News', 'Board'],
			name: '=Sum',
		});
	});

	test.each([
		[['anna@', ''], '“anna@” is not an e-mail address.'],
		[['', 'Robot'], '“Robot” is no kind of contact; use Individual, Organization or Household.'],
		[['', ''], 'The row has neither a name nor an e-mail address.'],
	])('%j is refused in words', (cells, problem) => {
		expect(readRow(cells, ['email', 'kind'])).toEqual({ problem });
	});
});

describe('a file becomes contacts', () => {
	test('with names, groups, separators, quotes, a mark and umlauts', async () => {
		const { site } = await aSite();
		const done = await importFile(
			site,
			'\uFEFFVorname;Nachname;E-Mail;Gruppen;Notiz\r\nÄnne;Berg;aenne@one.example;Verein | Presse;"zwei\r\nZeilen; und ""Wörter"""\r\n;;office@two.example;verein;\r\n',
		);

		assert.deepEqual([done.added, done.failed, done.state], [2, 0, 'done']);
		const [aenne, office] = await everybody(site);
		assert.equal(aenne!.displayName, 'Änne Berg');
		assert.equal(aenne!.note, 'zwei\r\nZeilen; und "Wörter"');
		assert.equal(aenne!.source, 'Imported from people.csv');
		assert.deepEqual(
			aenne!.groups.map(({ name }) => name),
			['Presse', 'Verein'],
		);
		assert.equal(office!.displayName, 'office@two.example');
		assert.deepEqual(
			office!.groups.map(({ name }) => name),
			['Verein'],
		);
	});

	test('a wrong row is told with its line, and the others go on', async () => {
		const { site } = await aSite();
		const done = await importFile(
			site,
			'Email,Name\nanna@one.example,Anna Berg\nbert@,Bert\n"x\ny",\n',
		);

		assert.deepEqual([done.added, done.failed], [1, 2]);
		assert.deepEqual(
			done.problems.map(({ line }) => line),
			[3, 4],
		);
		assert.equal(done.problems[0]!.sentence, '“bert@” is not an e-mail address.');
		assert.equal(
			done.sentence,
			'3 rows read: 1 contact added, 0 changed, 0 skipped, 2 could not be imported.',
		);
	});

	test('who is known gets what is missing, or all, or nothing, as chosen', async () => {
		const file = 'Email,Last name,First name,Employer\nANNA@one.example,Berger,Anna,Trust\n';
		for (const [onKnown, expected] of [
			['fill-gaps', ['Anna', 'Berg', 'Trust']],
			['overwrite', ['Anna', 'Berger', 'Trust']],
			['skip', ['', 'Berg', '']],
		] as const) {
			const { site } = await aSite();
			const id = await idOf(site, { lastName: 'Berg', addresses: ['anna@one.example'] });
			const done = await importFile(site, file, { onKnown });
			const { firstName, lastName, employer } = (await site.contacts.record(id))!;

			assert.deepEqual([firstName, lastName, employer], expected, onKnown);
			assert.deepEqual([done.changed, done.skipped], onKnown === 'skip' ? [0, 1] : [1, 0]);
		}
	});

	test('one address in two rows is one contact, also across pieces of the work', async () => {
		const { site } = await aSite();
		const rows = Array.from({ length: 1_100 }, (_, n) => `p${n % 600}@one.example,Last${n % 600}`);
		const done = await importFile(site, `Email,Surname\n${rows.join('\n')}`);

		assert.deepEqual([done.added, done.skipped, done.done], [600, 500, 1_100]);
		assert.equal((await site.contacts.facets({})).total, 600);
	});

	test('all join the chosen group; a group that is not there is made or refused', async () => {
		const { site } = await aSite();
		const { id: groupId } = await site.contacts.groups.add({
			name: 'News',
			description: '',
			isMailingList: true,
		});
		const done = await importFile(site, 'Email,Group\na@one.example,Board\nb@one.example,\n', {
			groupId,
			makeGroups: false,
		});

		assert.deepEqual([done.added, done.failed], [1, 1]);
		assert.equal(done.problems[0]!.sentence, 'There is no group called “Board”.');
		assert.deepEqual(
			(await site.contacts.groups.list()).map(({ name, members }) => [name, members]),
			[['News', 1]],
		);
	});

	test('what is missing to begin is said: no address, no rows, parts out of order', async () => {
		const { site, clock } = await aSite();
		const ready = await upload(site, 'Shoe size\n42\n');
		const choice = { mapping: ready.mapping, options: usual };
		assert.match(
			(await site.contacts.imports.preview(ready.id, choice)).problem!,
			/No column holds/,
		);
		await assert.rejects(site.contacts.imports.ask(ready.id, choice), /No column holds/);
		await assert.rejects(upload(site, 'Email\n'), /no rows below its first line/);
		await assert.rejects(upload(site, 'Email\n"anna'), /never closes/);
		const { id } = await site.contacts.imports.open('x.csv', by(clock));
		await assert.rejects(
			site.contacts.imports.addPart({ id, part: 1, text: '', isLast: false }),
			/came before part 1/,
		);
		await assert.rejects(site.contacts.imports.preview(id, choice), /still being uploaded/);
	});

	test('a part that came twice is taken once', async () => {
		const { site, clock } = await aSite();
		const { id } = await site.contacts.imports.open('x.csv', by(clock));
		for (const isLast of [false, false])
			await site.contacts.imports.addPart({ id, part: 0, text: 'Email\nanna@one.', isLast });
		const ready = await site.contacts.imports.addPart({
			id,
			part: 1,
			text: 'example\n',
			isLast: true,
		});

		assert.deepEqual([ready.state, ready.rows, ready.mapping], ['ready', 1, ['email']]);
	});

	test('a preview of a long file looks at its first rows only', async () => {
		const { site } = await aSite();
		const rows = Array.from({ length: 3_000 }, (_, n) => `p${n}@one.example,"A, ${n}"`);
		const { id, mapping } = await upload(site, `Email,Note\n${rows.join('\n')}`, 7_000);
		const preview = await site.contacts.imports.preview(id, { mapping, options: usual });

		assert.deepEqual([preview.looked, preview.counts.added], [2_000, 2_000]);
		assert.equal(preview.rows[19]!.line, 21);
	});

	test('an interrupted run goes on where it stopped and doubles nobody', async () => {
		const { site } = await aSite();
		const rows = Array.from({ length: 1_200 }, (_, n) => `p${n}@one.example`);
		const { id, mapping } = await upload(site, `Email\n${rows.join('\n')}`, 5_000);
		await site.contacts.imports.ask(id, { mapping, options: usual });
		const pieces: ImportRows[] = [];
		for await (const piece of site.contacts.imports.read(id)) pieces.push(piece);
		assert.equal(pieces.length, 5);
		await site.inTransaction((inside) =>
			inside.contacts.imports.carryOn(id, pieces[0]!, inside.now()),
		);
		await assert.rejects(
			site.inTransaction(async (inside) => {
				await inside.contacts.imports.carryOn(id, pieces[1]!, inside.now());
				throw new Error('The power went off.');
			}),
		);
		const { run } = await runJob(site, 'import_contacts', { trigger: 'clock' });

		assert.equal(
			run.sentence,
			'people.csv: 1,200 rows read: 1,200 contacts added, 0 changed, 0 skipped.',
		);
		assert.equal((await site.contacts.facets({})).total, 1_200);
	});

	test('an import is undone: the new go, the changed are as they were, and who was edited since stays', async () => {
		const { site, clock } = await aSite();
		const known = await idOf(site, { lastName: 'Berg', addresses: ['anna@one.example'] });
		const { id } = await importFile(
			site,
			'Email,First name,Group,Email 2\nanna@one.example,Anna,Board,a2@one.example\nbert@one.example,Bert,Board,\ncarl@one.example,Carl,,\n',
		);
		const [carl] = (await site.contacts.list({ search: 'carl' })).rows;
		await site.contacts.groups.addMembers(
			(await site.contacts.groups.list())[0]!.id,
			{ ids: [carl!.id] },
			by(clock),
		);

		const report = await site.contacts.imports.undo(id, by(clock));
		assert.deepEqual([report.touched, report.leftAlone], [2, 1]);
		const left = await everybody(site);
		assert.deepEqual(
			left.map(({ displayName, addresses, groups }) => [
				displayName,
				addresses.length,
				groups.length,
			]),
			[
				['Berg', 1, 0],
				['Carl', 1, 1],
			],
		);
		assert.equal(left[0]!.id, known);
		assert.equal((await site.contacts.imports.get(id)).state, 'undone');
		await assert.rejects(site.contacts.imports.undo(id, by(clock)), { kind: 'conflict' });
	});
});

describe('contacts as a file', () => {
	const textOf = async (site: Site) => {
		const pieces = [];
		for await (const piece of contactFile(site, {}).content) pieces.push(Buffer.from(piece));
		return Buffer.concat(pieces).toString('utf8');
	};

	test('come back as they were, all addresses and groups included', async () => {
		const { site } = await aSite();
		const { id: groupId } = await site.contacts.groups.add({
			name: 'News',
			description: '',
			isMailingList: true,
		});
		await idOf(site, {
			firstName: 'Anna',
			lastName: 'Berg',
			employer: 'Trust',
			note: 'two\nlines',
			isOptedOut: true,
			groupIds: [groupId],
			addresses: ['a@one.example', 'b@one.example', 'c@one.example', 'd@one.example'],
		});
		await idOf(site, {
			kind: 'Organization',
			name: 'Example, Trust',
			status: 'unconfirmed',
			doNotEmail: true,
		});
		const csv = await textOf(site);

		const { site: other } = await aSite();
		const done = await importFile(other, csv);
		assert.deepEqual([done.added, done.failed], [2, 0]);
		const view = (records: Awaited<ReturnType<typeof everybody>>) =>
			records.map(
				({
					displayName,
					kind,
					employer,
					note,
					status,
					isOptedOut,
					doNotEmail,
					groups,
					addresses,
				}) => ({
					displayName,
					kind,
					employer,
					note,
					status,
					isOptedOut,
					doNotEmail,
					groups: groups.map(({ name }) => name),
					addresses: addresses.map(({ email, isPrimary }) => [email, isPrimary]),
				}),
			);
		assert.deepEqual(view(await everybody(other)), view(await everybody(site)));
	});

	test('run nothing in a program for tables, and come back without the apostrophe', async () => {
		const { site } = await aSite();
		const nasty = ['=1+1', '+1', '-1', '@x', '=cmd|calc'];
		for (const lastName of nasty) await idOf(site, { lastName });
		const csv = await textOf(site);

		for (const name of nasty) assert.ok(csv.includes(`"'${name}"`), name);
		const { site: other } = await aSite();
		const choice = { mapping: (await upload(other, csv)).mapping, options: usual };
		await other.contacts.imports.ask(1, choice);
		await runJob(other, 'import_contacts', { trigger: 'by-hand' });
		assert.deepEqual(
			(await everybody(other)).map(({ lastName }) => lastName).sort(),
			[...nasty].sort(),
		);
	});
});

test('a file is the same in whatever pieces it comes', () => {
	const text =
		'\uFEFFEmail;Note\r\n\r\n"a@one.example";"He said ""no"";\r\ntwice"\rb@one.example;x"y\n;\nc@one.example;""\r\n"";"""end"""';
	const whole = readCsvLines(text);
	assert.deepEqual(
		whole.map(({ line }) => line),
		[1, 3, 5, 7, 8],
	);
	for (let size = 1; size <= text.length; size += 1) {
		const reader = new CsvLineReader();
		const lines: CsvLine[] = [];
		for (let at = 0; at < text.length; at += size)
			lines.push(...reader.push(text.slice(at, at + size)));
		assert.deepEqual([...lines, ...reader.end()], whole, `in pieces of ${size}`);
	}
});
