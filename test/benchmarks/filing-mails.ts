import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const words =
	'we meet on friday at the harbour and bring the papers for the board please tell me whether the boat is ready thank you for the letter of last week the children liked the trip'.split(
		' ',
	);

/** The nth of some letters that two thousand people write to each other; about 2 KB. The same number gives the same mail. */
export function aLetter(n: number): Buffer {
	const body = Array.from({ length: 12 }, (_, line) => sentence(n * 31 + line)).join('\r\n');
	return Buffer.from(`${header(n)}Content-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`);
}

/** The nth of some mails with a text, an HTML text and one to three attachments: 240 KB on average. */
export function aMailWithAttachments(n: number): Buffer {
	const text = Array.from({ length: 20 }, (_, line) => sentence(n * 17 + line)).join('\r\n');
	const attachments = Array.from({ length: 1 + (n % 3) }, (_, at) => {
		const kilobytes = 20 + ((n * 7 + at * 53) % 130);
		return [
			'--outer',
			`Content-Type: application/pdf; name="report-${n}-${at}.pdf"`,
			'Content-Transfer-Encoding: base64',
			`Content-Disposition: attachment; filename="report-${n}-${at}.pdf"`,
			'',
			noise(`${n} ${at}`, kilobytes * 1024)
				.toString('base64')
				.replace(/.{76}/g, '$&\r\n')
				.trimEnd(),
		].join('\r\n');
	});
	return Buffer.from(
		[
			`${header(n)}MIME-Version: 1.0`,
			'Content-Type: multipart/mixed; boundary="outer"',
			'',
			'--outer',
			'Content-Type: multipart/alternative; boundary="inner"',
			'',
			'--inner',
			'Content-Type: text/plain; charset=utf-8',
			'',
			text,
			'--inner',
			'Content-Type: text/html; charset=utf-8',
			'',
			`<html><body><p>${text.replaceAll('\r\n', '</p>\r\n<p>')}</p></body></html>`,
			'--inner--',
			...attachments,
			'--outer--',
			'',
		].join('\r\n'),
	);
}

/** Writes a mail with one attachment of so many megabytes, without ever having it in memory. */
export async function writeHugeMail(path: string, megabytes: number): Promise<void> {
	const file = createWriteStream(path);
	const write = async (text: string) => {
		if (!file.write(text)) await once(file, 'drain');
	};
	await write(
		`${header(1)}Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nThe film.\r\n--b\r\nContent-Type: video/mp4; name="film.mp4"\r\nContent-Transfer-Encoding: base64\r\n\r\n`,
	);
	const bytesALine = 57;
	const line = `${noise('film', bytesALine).toString('base64')}\r\n`;
	const lines = Math.ceil((megabytes * 1024 * 1024 * 3) / 4 / bytesALine);
	for (let written = 0; written < lines; written += 10_000)
		await write(line.repeat(Math.min(10_000, lines - written)));
	await write('--b--\r\n');
	file.end();
	await once(file, 'close');
}

function header(n: number): string {
	const person = (k: number) => `Person ${k} <person${k}@host${k % 97}.example>`;
	return [
		`From: ${person((n * 7) % 2_000)}`,
		`To: ${person((n * 13 + 1) % 2_000)}, office@example.org`,
		`Subject: ${sentence(n).slice(0, 40)}`,
		`Date: Mon, 04 May 2026 10:${String(Math.floor(n / 60) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')} +0000`,
		`Message-ID: <letter-${n}@host.example>`,
		'Received: from mail.example (mail.example [192.0.2.7]) by mx.example.org; Mon, 04 May 2026 10:00:00 +0000',
		'X-Mailer: Example Mail 4.1',
		'',
	].join('\r\n');
}

function sentence(n: number): string {
	return Array.from(
		{ length: 14 },
		(_, at) => words[(n * 5 + at * (1 + (n % 7))) % words.length],
	).join(' ');
}

/** Bytes without any pattern, the same for the same seed. */
function noise(seed: string, size: number): Buffer {
	const pieces: Buffer[] = [];
	for (let n = 0; n * 64 < size; n++)
		pieces.push(createHash('sha512').update(`${seed} ${n}`).digest());
	return Buffer.concat(pieces).subarray(0, size);
}
