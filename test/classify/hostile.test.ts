import { describe, expect, test } from 'vitest';
import { classify } from '../../service/classify/classify.ts';
import { shippedCatalogue } from '../../service/classify/presets.ts';
import { parseMessage } from '../../service/messages/parse-message.ts';

const catalogue = shippedCatalogue('recommended');
const head =
	'Return-Path: <>\nFrom: MAILER-DAEMON@mail.example\nTo: return@example.org\nSubject: failure notice\n';
const megabyte = 1024 * 1024;

/** Mails that somebody makes to hurt, or a broken program by accident. */
const hostile: Readonly<Record<string, () => string>> = {
	'a returned copy of 10 MB': () =>
		`${head}Content-Type: multipart/report; boundary=b\n\n--b\n\n<anna@mail.example>: no such user\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\n${'word '.repeat(2 * megabyte)}\n--b--\n`,
	'a line of 5 MB': () => `${head}\n${'x'.repeat(5 * megabyte)}`,
	'a line of 5 MB of addresses': () => `${head}\n${'<a@b.example>: '.repeat(megabyte / 3)}`,
	'500 parts one inside the other': () => {
		let mail = 'Content-Type: text/plain\n\ndeep';
		for (let i = 0; i < 500; i++)
			mail = `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n${mail}\n--b${i}--\n`;
		return head + mail;
	},
	'100,000 header fields': () =>
		`${'X-Field: value\n'.repeat(100_000)}${head}\n<anna@mail.example>: no such user`,
	'a header field of 5 MB': () => `${head}X-Long: ${'y'.repeat(5 * megabyte)}\n\nx`,
	'a subject of 1 MB of encoded words': () =>
		`Subject: ${'=?utf-8?Q?a?= '.repeat(megabyte / 14)}\n\nx`,
	'20,000 recipients': () =>
		`${head}Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.mail.example\n\n${Array.from({ length: 20_000 }, (_, i) => `Final-Recipient: rfc822; user${i}@mail.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n\n`).join('')}--b--\n`,
	'20,000 recipients in words': () =>
		`${head}\nYour message could not be delivered to:\n\n${Array.from({ length: 20_000 }, (_, i) => `<user${i}@mail.example>: no such user\n`).join('')}`,
	'1 MB of spaces': () =>
		`${head}\ncould not be delivered${' '.repeat(megabyte)}to <anna@mail.example>`,
	'1 MB of empty lines': () => `${head}\n${'\n'.repeat(megabyte)}x`,
	'100,000 parts': () =>
		`${head}Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(100_000)}`,
	'a part without an end': () =>
		`${head}Content-Type: multipart/report; boundary=never\n\n${'no such user\n'.repeat(50_000)}`,
	'2,000 multiparts whose boundary never comes': () =>
		`${head}Content-Type: multipart/mixed; boundary=b\n\n${'--b\nContent-Type: multipart/mixed; boundary=zz\n\nx\n'.repeat(2_000)}${'y'.repeat(megabyte)}`,
	'5 MB of open tags': () => `${head}Content-Type: text/html\n\n${'<a'.repeat(2.5 * megabyte)}`,
	'20,000 nested elements': () => `${head}Content-Type: text/html\n\n${'<div>'.repeat(20_000)}text`,
	'words that begin every phrase': () =>
		`${head}\n<anna@mail.example>: 550 ${'mailbox user recipient address is not '.repeat(20_000)}`,
	'header lines without a header': () => `${head}\n${'Received: x\nnonsense\n'.repeat(100_000)}`,
	'base64 that is none': () =>
		`${head}Content-Transfer-Encoding: base64\n\n${'!!!!'.repeat(megabyte)}`,
	'quotes that never close': () =>
		`${head}Content-Type: multipart/mixed; boundary="${'a;b="'.repeat(50_000)}\n\nx`,
	'at signs alone': () => `${head}\n${'@'.repeat(megabyte)}`,
	'dots and hyphens': () => `${head}\n550 ${'a-.'.repeat(megabyte / 3)}`,
};

describe('a hostile mail takes less than a second of processor time and 200 MB:', () => {
	for (const [name, make] of Object.entries(hostile)) {
		test(name, () => {
			const bytes = Buffer.from(make(), 'latin1');
			const before = process.memoryUsage().rss;
			const start = process.cpuUsage();

			const message = parseMessage(bytes);
			classify(message, catalogue);

			const { user, system } = process.cpuUsage(start);
			expect((user + system) / 1e6).toBeLessThan(1);
			expect((process.memoryUsage().rss - before) / megabyte).toBeLessThan(200);
		});
	}
});
