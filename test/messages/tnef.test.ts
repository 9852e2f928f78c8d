import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOf } from '../../service/messages/mail-content.ts';
import { splitMail } from '../../service/messages/mail-splitter.ts';
import { readRtf } from '../../service/messages/rtf.ts';
import { decompressRtf } from '../../service/messages/rtf-compression.ts';
import { isTnef, readTnef } from '../../service/messages/tnef.ts';
import { aTnef, attribute, packedRtf, properties, tnefNumbers, uint32 } from '../support/a-tnef.ts';

const { subject, body, rtf, html, attachmentData, attachmentName, attachmentType } = tnefNumbers;

describe('packed RTF', () => {
	// The two examples of MS-OXRTFCP §3.1.
	test.each([
		[
			'2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
			'{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n',
		],
		[
			'1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0',
			'{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}',
		],
	])('is unpacked as the standard shows', (packed, expected) => {
		const { rtf: unpacked, isWhole } = decompressRtf(Buffer.from(packed, 'hex'));
		expect([unpacked.toString('latin1'), isWhole]).toEqual([expected, true]);
	});

	test('that is not packed is taken as it is', () => {
		const words = Buffer.from('{\\rtf1 hello}');
		const header = [uint32(words.length + 12), uint32(words.length), Buffer.from('MELA')];
		expect(decompressRtf(Buffer.concat([...header, uint32(0), words])).rtf).toEqual(words);
	});

	test('that claims a hundred megabytes takes no more memory than it can fill', () => {
		const packed = packedRtf('{\\rtf1 small}', 100 * 1024 * 1024);
		const { rtf: unpacked, isWhole } = decompressRtf(packed);
		expect([unpacked.toString(), isWhole]).toEqual(['{\\rtf1 small}', false]);
		expect(unpacked.buffer.byteLength).toBeLessThan(100_000);
	});

	test('that is broken off or altered is read as far as it goes, and said to be broken', () => {
		const packed = packedRtf('{\\rtf1 hello world}');
		expect(decompressRtf(packed.subarray(0, 25)).isWhole).toBe(false);
		packed[20]! ^= 1;
		expect(decompressRtf(packed).isWhole).toBe(false);
	});
});

describe('RTF', () => {
	test('is read as its words, without tables of fonts, pictures and instructions', () => {
		const words = readRtf(
			"{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Arial;}{\\f1\\fcharset204 Courier;}}{\\colortbl;\\red0\\green0\\blue255;}{\\*\\generator Riched20;}{\\info{\\author Nobody}}\\pard Gr\\'fc\\'dfe,\\par\r\n{\\f1\\'cf\\'f0\\'e8\\'e2\\'e5\\'f2} \\{\\u8364 ?5\\}{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt here}}{\\pict 00ff00}\\tab\\emdash\\~end}",
		);
		expect(words).toEqual({ html: '', text: 'Grüße,\nПривет {€5}here\t—\u00a0end' });
	});

	test('that was made from HTML gives the HTML back', () => {
		const wrapped =
			'{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0 Arial;}}{\\*\\htmltag19 <html>}{\\*\\htmltag64 <p class="x">}\\htmlrtf {\\htmlrtf0 Caf\\\'e9 {\\*\\htmltag84 &amp;}\\htmlrtf &\\htmlrtf0  more\\htmlrtf\\par}\\htmlrtf0 {\\*\\mhtmltag64 <q>}{\\*\\htmltag72 </p>}{\\*\\htmltag27 </html>}}';
		expect(readRtf(wrapped)).toEqual({
			html: '<html><p class="x">Café &amp; more</p></html>',
			text: '',
		});
	});

	test('skips stand-ins and raw bytes as it is told', () => {
		expect(readRtf("{\\rtf1\\uc2\\u228\\'81\\'40b{\\uc0\\u246 o}\\bin4 }}}}c}").text).toBe('äböoc');
	});

	test('nested without end, or with a length that lies, ends', () => {
		expect(readRtf('{'.repeat(1_000_000)).text).toBe('');
		expect(readRtf(`{\\rtf1 a\\bin9999999999 b}`).text).toBe('a');
	});
});

describe('winmail.dat', () => {
	const pdf = Buffer.from('%PDF-1.4 The plan.');

	test('gives its files with their long names, and the letter as HTML', () => {
		const opened = readTnef(
			aTnef({
				letter: {
					[body]: { text: 'Hello Bert,\r\nhere is the plan.' },
					[html]: { bytes: Buffer.from('<p>Hello <b>Bert</b>, café</p>') },
					[tnefNumbers.codePage]: { number: 65001 },
				},
				files: [
					{
						title: 'THEPLA~1.PDF',
						bytes: pdf,
						properties: {
							[attachmentName]: { text: 'Der große Plan.pdf' },
							[attachmentType]: { text8: Buffer.from('application/pdf\0') },
							[tnefNumbers.contentId]: { text: '<plan@people.example>' },
						},
					},
					{ title: 'notes.txt', bytes: Buffer.from('Notes') },
				],
			}),
		);

		expect(opened).toEqual({
			text: 'Hello Bert,\nhere is the plan.',
			html: '<p>Hello <b>Bert</b>, café</p>',
			files: [
				{
					fileName: 'Der große Plan.pdf',
					contentType: 'application/pdf',
					contentId: 'plan@people.example',
					bytes: pdf,
				},
				{
					fileName: 'notes.txt',
					contentType: 'application/octet-stream',
					contentId: null,
					bytes: Buffer.from('Notes'),
				},
			],
			isWhole: true,
		});
	});

	test('with the letter in packed RTF, or in an old code page, gives its words', () => {
		const packed = { bytes: packedRtf('{\\rtf1\\ansi Hello\\par there}') };
		expect(readTnef(aTnef({ letter: { [rtf]: packed } })).text).toBe('Hello\nthere');
		const greek = aTnef({ codePage: 1253, body: '\xca\xe1\xeb\xe7\xec\xdd\xf1\xe1' });
		expect(readTnef(greek).text).toBe('Καλημέρα');
	});

	test('with a mail within gives its words as a file, and its files', () => {
		const inner = aTnef({
			letter: { [subject]: { text: 'The boat' }, [body]: { text: 'It is blue.' } },
			files: [{ title: 'boat.png', bytes: Buffer.from('png') }],
		});
		const { files } = readTnef(
			aTnef({ files: [{ properties: { [attachmentData]: { mail: inner } } }] }),
		);
		expect(files.map(({ fileName, bytes }) => [fileName, bytes.toString()])).toEqual([
			['The boat.txt', 'The boat\n\nIt is blue.'],
			['boat.png', 'png'],
		]);
	});

	const mail = (content: Buffer, letter = '') =>
		splitMail(
			Buffer.from(
				`MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="m"\n\n--m\nContent-Type: text/plain\n\n${letter}\n--m\nContent-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\n${content.toString('base64').replace(/.{76}/g, '$&\n')}\n--m--\n`,
			),
			{ holdBytes: content.length > 50_000 ? 10_000 : Infinity },
		).root;
	const tnef = (bytes: Buffer) =>
		aTnef({
			letter: { [html]: { bytes: Buffer.from('<p>Wrapped</p>') } },
			files: [{ title: 'plan.pdf', bytes }],
		});
	const namesIn = (root: ReturnType<typeof mail>) =>
		contentOf(root).files.map(({ fileName, sizeBytes }) => [fileName, sizeBytes]);

	test('of a mail stays a file beside the files in it, and fills an empty letter', () => {
		const wrapped = tnef(pdf);
		expect(namesIn(mail(wrapped))).toEqual([
			['winmail.dat', wrapped.length],
			['plan.pdf', pdf.length],
		]);
		expect(contentOf(mail(wrapped))).toMatchObject({ text: 'Wrapped', html: '<p>Wrapped</p>' });
		expect(contentOf(mail(wrapped, 'Mine'))).toMatchObject({
			text: 'Mine',
			html: null,
			damage: [],
		});
	});

	test('that is too big to be held is opened as well', () => {
		const big = Buffer.alloc(700_000, 'plan ');
		const { files } = contentOf(mail(tnef(big)));
		expect(files.map(({ fileName }) => fileName)).toEqual(['winmail.dat', 'plan.pdf']);
		expect(files[1]!.bytes!.equals(big)).toBe(true);
	});

	test('that breaks off gives what is whole, and the mail says that something is missing', () => {
		const wrapped = aTnef({
			files: [
				{ title: 'a.txt', bytes: pdf },
				{ title: 'b', bytes: pdf },
			],
		});
		const { files, damage } = contentOf(mail(wrapped.subarray(0, -12)));
		expect(files.map(({ fileName }) => fileName)).toEqual(['winmail.dat', 'a.txt']);
		expect(damage.join()).toMatch(/winmail\.dat could be opened only in part/);
	});
});

describe('a hostile winmail.dat', () => {
	const start = aTnef({});

	test.each([
		['a length of 4 GB', attribute(1, 0x0002800c, Buffer.from('x'), 0xffffffff)],
		['a level that does not exist', attribute(7, 0x0002800c, Buffer.from('x'))],
		['four billion properties', attribute(1, 0x00069003, uint32(0xffffffff))],
		[
			'four billion values',
			attribute(1, 0x00069003, Buffer.concat([uint32(1), uint32(0x1000101f), uint32(0xffffffff)])),
		],
		['a type without a length', attribute(1, 0x00069003, Buffer.concat([uint32(9), uint32(0)]))],
	])('with %s is read up to there', (_what, lie) => {
		expect(readTnef(Buffer.concat([start, lie])).isWhole).toBe(false);
	});

	test('with mails in mails without end is read some deep', () => {
		let mail = aTnef({ body: 'the innermost' });
		for (let n = 0; n < 30; n++)
			mail = aTnef({ files: [{ title: 'm', properties: { [attachmentData]: { mail } } }] });
		expect(readTnef(mail).files.length).toBeLessThan(10);
	});

	test('with thousands of files gives some hundred', () => {
		const files = Array.from({ length: 5_000 }, () => ({ title: 'x', bytes: Buffer.from('y') }));
		const opened = readTnef(aTnef({ files }));
		expect([opened.files.length, opened.isWhole]).toEqual([200, false]);
	});

	test('of sixteen megabytes of nothing is given up soon', () => {
		const nothing = Buffer.concat([start, Buffer.alloc(16 * 1024 * 1024)]);
		for (let at = start.length; at + 11 <= nothing.length; at += 11) nothing[at] = 1;
		const before = process.cpuUsage();
		readTnef(nothing);
		expect(process.cpuUsage(before).user / 1e6).toBeLessThan(0.5);
	});

	test('of any bytes, or with any bytes changed, never throws and gives no more than it has', () => {
		const whole = aTnef({
			letter: { [rtf]: { bytes: packedRtf('{\\rtf1 Hello}') }, [subject]: { text: 'S' } },
			files: [{ title: 'a', bytes: Buffer.from('abc'), properties: { [0x3707]: { text: 'b' } } }],
		});
		const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 });
		fc.assert(
			fc.property(changes, fc.nat(whole.length), (made, length) => {
				const bytes = Buffer.from(whole.subarray(0, length));
				for (const [at, byte] of made) if (at > 5 && at < length) bytes[at] = byte;
				if (!isTnef(bytes)) return;
				const { files } = readTnef(bytes);
				const sum = files.reduce((total, file) => total + file.bytes.length, 0);
				expect(sum).toBeLessThan(2 * bytes.length + 100);
			}),
			{ numRuns: 2_000 },
		);
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
				decompressRtf(Buffer.from(bytes));
				readRtf(Buffer.from(bytes).toString('latin1'));
				readTnef(Buffer.concat([start, properties({}), Buffer.from(bytes)]));
			}),
		);
	});
});
