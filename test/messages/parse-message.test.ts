import { describe, expect, test } from 'vitest';
import { parseMessage } from '../../service/messages/parse-message.ts';

const parse = (text: string, encoding: BufferEncoding = 'utf8') =>
	parseMessage(Buffer.from(text, encoding));

const report = `Return-Path: <>
Message-ID: <r1@mail.example>
From: MAILER-DAEMON@mail.example
To: return@example.org
Date: Thu, 5 Nov 2026 10:00:00 +0000
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=utf-8

The mail could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.mail.example

Final-Recipient: rfc822; anna@mail.example
Original-Recipient: rfc822;anna.berg@mail.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx2.mail.example
Diagnostic-Code: smtp; 550 5.1.1 <anna@mail.example>: Recipient address
    rejected: User unknown

--b1
Content-Type: message/rfc822

From: news@example.org
To: anna.berg@mail.example
Message-ID: <m1@example.org>
Subject: News

Never to be seen: mailbox full
--b1--
`;

describe('a delivery report', () => {
	test('gives the fields of each recipient, without their types and unfolded', () => {
		const { deliveryReport } = parse(report);

		expect(deliveryReport?.reportingMta).toBe('mx.mail.example');
		expect(deliveryReport?.recipients).toMatchObject([
			{
				finalRecipient: 'anna@mail.example',
				originalRecipient: 'anna.berg@mail.example',
				action: 'failed',
				status: '5.1.1',
				remoteMta: 'mx2.mail.example',
				diagnosticCode: '550 5.1.1 <anna@mail.example>: Recipient address rejected: User unknown',
			},
		]);
	});

	test('gives the header of the returned copy and never its text', () => {
		const message = parse(report);

		expect(message.originalHeaders?.get('Message-ID')).toBe('<m1@example.org>');
		expect(message.text).toBe('The mail could not be delivered.');
	});

	test.each([
		['with CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
		['with CR alone', (text: string) => text.replaceAll('\n', '\r')],
		[
			'indented',
			(text: string) => text.replace(/^(Final|Original|Action|Status|Remote|Diag)/gm, '   $1'),
		],
		[
			'with a space before the colon',
			(text: string) => text.replace('Action:', 'Action :').replace('Status:', 'Status :'),
		],
		[
			'without the empty line between its groups',
			(text: string) => text.replace('mx.mail.example\n\nFinal', 'mx.mail.example\nFinal'),
		],
		[
			'with many empty lines between its groups',
			(text: string) => text.replace('mx.mail.example\n\nFinal', 'mx.mail.example\n\n\n\nFinal'),
		],
		[
			'without an end',
			(text: string) => text.slice(0, text.indexOf('--b1\nContent-Type: message/rfc822')),
		],
		[
			'in base64',
			(text: string) => {
				const start = text.indexOf('Reporting-MTA');
				const end = text.indexOf('\n--b1\nContent-Type: message/rfc822');
				const body = Buffer.from(text.slice(start, end)).toString('base64');
				return (
					text.slice(0, start - 1) +
					`Content-Transfer-Encoding: base64\n\n${body}` +
					text.slice(end)
				);
			},
		],
	])('is read %s', (_, change) => {
		const [recipient] = parse(change(report)).deliveryReport?.recipients ?? [];

		expect(recipient).toMatchObject({
			finalRecipient: 'anna@mail.example',
			action: 'failed',
			status: '5.1.1',
		});
	});

	test('about several recipients keeps them apart', () => {
		const second = '\nFinal-Recipient: rfc822; ben@mail.example\nAction: delayed\nStatus: 4.2.2\n';
		const both = report.replace('    rejected: User unknown\n', (line) => line + second);

		expect(parse(both).deliveryReport?.recipients).toMatchObject([
			{ finalRecipient: 'anna@mail.example', action: 'failed' },
			{ finalRecipient: 'ben@mail.example', action: 'delayed' },
		]);
	});
});

describe('the fingerprint', () => {
	test('is 32 hexadecimal digits', () => {
		expect(parse(report).fingerprint).toMatch(/^[0-9a-f]{32}$/);
	});

	test('stays the same when the mail came another way, or with other line ends', () => {
		const name = parse(report).fingerprint;

		expect(
			parse(`Received: from elsewhere\nDelivered-To: other@example.org\n${report}`).fingerprint,
		).toBe(name);
		expect(parse(report.replaceAll('\n', '\r\n')).fingerprint).toBe(name);
		expect(parse(`${report}\n\n`).fingerprint).toBe(name);
	});

	test('differs with the body, and without a Message-ID with anything', () => {
		const anonymous = report.replace('Message-ID: <r1@mail.example>\n', '');

		expect(parse(report.replace('5.1.1', '5.2.2')).fingerprint).not.toBe(parse(report).fingerprint);
		expect(parse(`X-Other: 1\n${anonymous}`).fingerprint).not.toBe(parse(anonymous).fingerprint);
	});
});

describe('text', () => {
	const body = (charset: string, bytes: Buffer) =>
		parseMessage(
			Buffer.concat([Buffer.from(`Content-Type: text/plain; charset=${charset}\n\n`), bytes]),
		).text;

	test.each([
		['utf-8', Buffer.from('Postfach voll: größer'), 'Postfach voll: größer'],
		['iso-8859-1', Buffer.from('größer', 'latin1'), 'größer'],
		['windows-1252', Buffer.from([0x93, 0x65, 0x94]), '“e”'],
		['iso-2022-jp', Buffer.from('\x1b$B%a!<%k\x1b(B', 'latin1'), 'メール'],
		['shift_jis', Buffer.from([0x83, 0x81, 0x81, 0x5b, 0x83, 0x8b]), 'メール'],
		['euc-jp', Buffer.from([0xa5, 0xe1, 0xa1, 0xbc, 0xa5, 0xeb]), 'メール'],
		['gb2312', Buffer.from([0xd3, 0xca, 0xcf, 0xe4]), '邮箱'],
		['big5', Buffer.from([0xab, 0x48, 0xbd, 0x63]), '信箱'],
		['euc-kr', Buffer.from([0xb8, 0xde, 0xc0, 0xcf]), '메일'],
		['koi8-r', Buffer.from([0xd1, 0xdd, 0xc9, 0xcb]), 'ящик'],
		['utf-7', Buffer.from('Gr+APYA3w-e'), 'Größe'],
		['no-such-charset', Buffer.from('größer'), 'größer'],
		// Pasted or passed on as UTF-8, with the header left as it was.
		['iso-8859-1', Buffer.from('größer'), 'größer'],
		['shift_jis', Buffer.from('メールボックス'), 'メールボックス'],
	])('is decoded from %s', (charset, bytes, expected) => {
		expect(body(charset, bytes)).toBe(expected);
	});

	test('without a declared charset is guessed', () => {
		const japanese = Buffer.from('a5e1a1bca5eba4cfc1f7bfaea4c7a4ada4dea4bba4f3a4c7a4b7a4bf', 'hex');

		expect(parseMessage(Buffer.concat([Buffer.from('Subject: x\n\n'), japanese])).text).toBe(
			'メールは送信できませんでした',
		);
		expect(parse('Subject: x\n\ngrößer', 'latin1').text).toBe('größer');
	});

	test('is decoded from quoted-printable and base64', () => {
		const head = 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: ';

		expect(parse(`${head}quoted-printable\n\nzu gro=C3=9F f=\nür uns = genug`).text).toBe(
			'zu groß für uns = genug',
		);
		expect(parse(`${head}base64\n\n${Buffer.from('zu groß').toString('base64')}`).text).toBe(
			'zu groß',
		);
	});

	test('of HTML is what a person reads', () => {
		const html =
			'<style>p{}</style><p>Mailbox&nbsp;full</p><br>&lt;anna@mail.example&gt;: <b>over</b> quota<script>x</script>';

		expect(parse(`Content-Type: text/html\n\n${html}`).text).toBe(
			'Mailbox full\n\n<anna@mail.example>: over quota',
		);
	});

	test.each([
		'--- Below this line is a copy of the message.',
		'------ This is a copy of the message, including all the headers. ------',
		'   ----- Original message follows -----',
		'--- The header of the original message is following. ---',
	])('ends where a server says “%s”', (line) => {
		const message = parse(
			`Subject: failure\n\n<anna@mail.example>: no such user\n\n${line}\n\nMessage-ID: <m1@example.org>\nSubject: News\n\nmailbox full`,
		);

		expect(message.text).toBe('<anna@mail.example>: no such user');
		expect(message.originalHeaders?.get('message-id')).toBe('<m1@example.org>');
	});
});

describe('header fields', () => {
	test('are unfolded, and their encoded words decoded', () => {
		const { headers, subject } = parse(
			'Subject: =?utf-8?Q?Zu_gro=C3=9F?= =?utf-8?B?IGbDvHI=?=\n =?utf-8?Q?_uns?=\nX-Long: one\n\ttwo\n\nx',
		);

		expect(subject).toBe('Zu groß für uns');
		expect(headers.get('x-long')).toBe('one two');
	});

	test('name the first sender, with its domain in lower case', () => {
		expect(parse('From: "Berg, Anna" <Anna@Mail.Example>\n\n').from).toBe('Anna@mail.example');
		expect(parse('From: anna@mail.example (Anna)\n\n').from).toBe('anna@mail.example');
		expect(parse('From: Mailer-Daemon\n\n').from).toBeUndefined();
	});

	test('with a date that is nonsense give no date', () => {
		expect(parse('Date: yesterday\n\n').date).toBeUndefined();
		expect(parse('Date: Thu, 5 Nov 2026 10:00:00 +0000 (UTC)\n\n').date?.toISOString()).toBe(
			'2026-11-05T10:00:00.000Z',
		);
	});
});

test('an empty mail is damaged, not fatal', () => {
	const message = parse('');

	expect(message.damage).toEqual(['The mail is empty.']);
	expect(message.text).toBe('');
});

test('a bounce that a person forwards as an attachment is no report', () => {
	const letter = `From: Rob <rob@print.example>\nSubject: what is this?\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: text/plain\n\nSee below.\n--o\nContent-Type: message/rfc822\n\n${report}\n--o--\n`;

	expect(parse(letter).deliveryReport).toBeUndefined();
});

test('a bounce that a mail gateway passes on is one', () => {
	const passedOn = `From: postmaster@gateway.example\nSubject: Delivery failure\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: message/rfc822\n\n${report}\n--o--\n`;

	expect(parse(passedOn).deliveryReport?.recipients).toHaveLength(1);
});

test('a report that became a file is one, in the mail of a mail server', () => {
	const file = `Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: text/plain\n\nSee the file.\n--o\nContent-Type: application/octet-stream; name="ATT00001.dat"\nContent-Disposition: attachment\n\nReporting-MTA: dns; mx.mail.example\n\nFinal-Recipient: rfc822;anna@mail.example\nAction: failed\n--o--\n`;

	expect(parse(`From: postmaster@mail.example\n${file}`).deliveryReport?.recipients).toHaveLength(
		1,
	);
	expect(parse(`From: Rob <rob@print.example>\n${file}`).deliveryReport).toBeUndefined();
});

test('a read receipt is one by its part, whatever the mail’s own type says', () => {
	const receipt = parse(
		'Content-Type: multipart/report; report-type=x; boundary=o\n\n--o\n\nIt was read.\n--o\nContent-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed\n--o--\n',
	);

	expect(receipt.isReadReceipt).toBe(true);
	expect(parse('Subject: hello\n\nhello').isReadReceipt).toBe(false);
});
