/** A picture of one dot. */
export const dot = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

/** A mail with HTML, a picture in it, and files. */
export function aMailWithFiles({
	subject = 'The plan',
	from = 'Anna Berg <anna@people.example>',
	to = 'office@example.org, Bert Holm <bert@people.example>',
	id = 'plan@people.example',
	html = '<p>Here is the plan.</p><img src="cid:dot@people.example"><img src="https://pics.example/p.png">',
	files = [{ name: 'plan.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4 plan') }],
}: {
	subject?: string;
	from?: string;
	to?: string;
	id?: string;
	html?: string;
	files?: { name: string; type: string; bytes: Buffer }[];
} = {}): Buffer {
	const lines = [
		`From: ${from}`,
		`To: ${to}`,
		`Subject: ${subject}`,
		'Date: Mon, 04 May 2026 10:00:00 +0000',
		`Message-ID: <${id}>`,
		'MIME-Version: 1.0',
		'Content-Type: multipart/mixed; boundary="m"',
		'',
		'--m',
		'Content-Type: multipart/related; boundary="r"',
		'',
		'--r',
		'Content-Type: multipart/alternative; boundary="a"',
		'',
		'--a',
		'Content-Type: text/plain; charset=utf-8',
		'',
		'Here is the plan.',
		'',
		'On 3 May 2026, Bert Holm wrote:',
		'> Send me the plan.',
		'',
		'--a',
		'Content-Type: text/html; charset=utf-8',
		'',
		html,
		'--a--',
		'--r',
		'Content-Type: image/png; name="dot.png"',
		'Content-Transfer-Encoding: base64',
		'Content-ID: <dot@people.example>',
		'Content-Disposition: inline; filename="dot.png"',
		'',
		dot.toString('base64'),
		'--r--',
		...files.flatMap(({ name, type, bytes }) => [
			'--m',
			`Content-Type: ${type}`,
			'Content-Transfer-Encoding: base64',
			`Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}`,
			'',
			...(bytes.toString('base64').match(/.{1,76}/g) ?? []),
		]),
		'--m--',
		'',
	];
	return Buffer.from(lines.join('\r\n'));
}
