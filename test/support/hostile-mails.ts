import { hostileHtml } from './hostile-html.ts';
import { hostileParts } from './hostile-parts.ts';

/** A whole mail that tries something, and what it tries. */
export interface HostileMail {
	name: string;
	raw: Buffer;
}

/** Mails that attack whoever reads them: by HTML, by charsets, by what stands in header fields and names. All are to
 *  `filing@example.org` and `reader@example.org`.
 *  @param canary where a server listens that nobody may ask: "http://127.0.0.1:1234" */
export function hostileMails(canary: string): HostileMail[] {
	const arm = armed(canary);
	return [
		...Object.entries(hostileHtml).map(([name, html]) => htmlMail(name, html, arm)),
		...Object.entries(charsets).map(([name, row]) => charsetMail(name, row, arm)),
		...Object.entries(hostileParts).map(([name, lines]) => wholeMail(name, lines, arm)),
	];
}

/** Reports of mail servers whose words attack whoever reads them. */
export function hostileWords(canary: string): string[] {
	const arm = armed(canary);
	return ['<script>JS</script>', '<img src=x onerror=JS>', '"><svg onload=JS>', "';JS//"].map(
		(words) => `550 5.1.1 User unknown ${arm(words, 'bounce')}`,
	);
}

type Arm = (text: string, name: string) => string;

/** Puts the script and the address in: each names its mail, so that a canary that sings says why. */
function armed(canary: string): Arm {
	return (text, name) => {
		const word = name.replace(/\W+/g, '-');
		const url = `${canary}/${word}`;
		const script = `fetch(\`${url}/js\`),window.canary=1,document.title=\`canary\`,alert(1),top.canary=1,top.location=\`${url}/top\``;
		const svg = `<svg xmlns="http://www.w3.org/2000/svg" id="x" onload="${script}"><script>${script}</script><image href="${url}/inner.png"/></svg>`;
		return text
			.replaceAll('//URL', `//${url.replace('http://', '')}`)
			.replaceAll('URL', url)
			.replaceAll('B64SVG', Buffer.from(svg).toString('base64'))
			.replaceAll('SVG-FILE', svg)
			.replaceAll('JS', script);
	};
}

let count = 0;

function head(name: string): string[] {
	count += 1;
	return [
		`From: Mallory <mallory${count}@evil.example>`,
		'To: Reader <reader@example.org>, filing@example.org',
		`Subject: Attack by ${name}`,
		`Message-ID: <${count}.attack@evil.example>`,
		'Date: Tue, 5 May 2026 10:00:00 +0000',
		'MIME-Version: 1.0',
	];
}

function htmlMail(name: string, html: string, arm: Arm): HostileMail {
	const body = Buffer.from(`<html><body><p>Before</p>${arm(html, name)}<p>After</p></body></html>`);
	return { name, raw: mailOf(head(name), 'text/html; charset=utf-8', body) };
}

function mailOf(header: string[], contentType: string, body: Buffer): Buffer {
	const lines = [
		...header,
		`Content-Type: ${contentType}`,
		'Content-Transfer-Encoding: base64',
		'',
		...(body.toString('base64').match(/.{1,76}/g) ?? []),
		'',
	];
	return Buffer.from(lines.join('\r\n'), 'latin1');
}

/** The same words in charsets in which a filter may overlook them. */
const charsets: Readonly<Record<string, { type: string; encode: (text: string) => Buffer }>> = {
	'UTF-7': {
		type: 'text/html; charset=utf-7',
		encode: (text) => Buffer.from(text.replaceAll('<', '+ADw-').replaceAll('>', '+AD4-')),
	},
	'UTF-7 that nobody declared': {
		type: 'text/html',
		encode: (text) =>
			Buffer.from(
				`<meta http-equiv=Content-Type content="text/html; charset=utf-7">${text.replaceAll('<', '+ADw-').replaceAll('>', '+AD4-')}`,
			),
	},
	'overlong UTF-8': {
		type: 'text/html; charset=utf-8',
		encode: (text) =>
			Buffer.from(text.replaceAll('<', '\xC0\xBC').replaceAll('>', '\xC0\xBE'), 'latin1'),
	},
	'eight-bit ASCII': {
		type: 'text/html; charset=us-ascii',
		encode: (text) => Buffer.from(text.replaceAll('<', '\xBC').replaceAll('>', '\xBE'), 'latin1'),
	},
	'UTF-16': { type: 'text/html; charset=utf-16le', encode: (text) => Buffer.from(text, 'utf16le') },
	'escapes of ISO-2022-JP': {
		type: 'text/html; charset=iso-2022-jp',
		encode: (text) =>
			Buffer.from(`<p title="\x1b$B">${text}<p title="\x1b(B">${text}</p>`, 'latin1'),
	},
	'a quote swallowed by Shift_JIS': {
		type: 'text/html; charset=shift_jis',
		encode: (text) => Buffer.from(`<a title="\x82">${text}" x="`, 'latin1'),
	},
	'full-width brackets': {
		type: 'text/html; charset=utf-8',
		encode: (text) => Buffer.from(text.replaceAll('<', '\uFF1C').replaceAll('>', '\uFF1E')),
	},
	'a charset that is markup': {
		type: 'text/html; charset="><img src=x onerror=alert(1)>"',
		encode: (text) => Buffer.from(text),
	},
};

function charsetMail(
	name: string,
	{ type, encode }: { type: string; encode: (text: string) => Buffer },
	arm: Arm,
): HostileMail {
	const title = `charset ${name}`;
	const html = arm('<script>JS</script><img src=x onerror=JS><p>After</p>', title);
	return { name: title, raw: mailOf(head(title), type, encode(html)) };
}

function wholeMail(name: string, lines: readonly string[], arm: Arm): HostileMail {
	const end = lines.indexOf('');
	const own = lines.slice(0, end);
	const names = own.map((line) => line.slice(0, line.indexOf(':') + 1));
	const usual = head(name).filter((line) => !names.some((field) => line.startsWith(field)));
	const text = [...usual, ...own, ...lines.slice(end)]
		.map((line) => encoded(arm(line, name)))
		.join('\r\n');
	return { name, raw: Buffer.from(text) };
}

function encoded(line: string): string {
	return line.replace(
		/BASE64:(.*)\?=/,
		(_, text: string) => `${Buffer.from(text).toString('base64')}?=`,
	);
}
