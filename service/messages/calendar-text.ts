/** An event that a mail invites to or answers to, as a person reads it (RFC 5545): what, when, where.
 *  @param calendar text of a text/calendar part
 *  @returns lines of text; empty when there is no event in it */
export function calendarInWords(calendar: string): string {
	const lines = calendar
		.slice(0, 256 * 1024)
		.replace(/\r\n?/g, '\n')
		.replace(/\n[ \t]/g, '')
		.split('\n');
	const start = lines.findIndex((line) => /^BEGIN:VEVENT\s*$/i.test(line));
	if (start < 0) return '';
	const end = lines.findIndex((line, at) => at > start && /^END:VEVENT\s*$/i.test(line));
	const event = lines.slice(start + 1, end < 0 ? undefined : end);
	const method = valueOf(lines.slice(0, start), 'METHOD')?.text.toUpperCase();
	const summary = valueOf(event, 'SUMMARY')?.text ?? '';
	const said = [
		`${titleOf[method ?? ''] ?? 'Event'}: ${summary || 'without a title'}`,
		when(valueOf(event, 'DTSTART'), valueOf(event, 'DTEND')),
		line('Where', valueOf(event, 'LOCATION')?.text),
	];
	return said.filter(Boolean).join('\n');
}

/** RFC 5546 §1.4. */
const titleOf: Readonly<Record<string, string>> = {
	REQUEST: 'Invitation',
	REPLY: 'Answer to the invitation',
	CANCEL: 'Cancelled',
	COUNTER: 'Another time proposed',
};

interface Property {
	text: string;
	zone: string | undefined;
}

function valueOf(lines: readonly string[], name: string): Property | undefined {
	const pattern = new RegExp(`^${name}((?:;(?:"[^"]{0,200}"|[^":;]){0,300}){0,20}):(.*)$`, 'i');
	for (const candidate of lines) {
		if (candidate.length < name.length || candidate.slice(0, name.length).toUpperCase() !== name)
			continue;
		const match = pattern.exec(candidate.slice(0, 4_000));
		if (!match) continue;
		const zone = /;TZID="?([^";:]+)/i.exec(match[1]!)?.[1];
		return { text: unescaped(match[2]!).trim(), zone };
	}
	return undefined;
}

/** RFC 5545 §3.3.11. */
function unescaped(text: string): string {
	return text.replace(/\\([\\;,nN])/g, (_, sign: string) => (/n/i.test(sign) ? ' ' : sign));
}

function when(start: Property | undefined, end: Property | undefined): string {
	const from = start && moment(start.text);
	if (!from) return '';
	const zone = start.text.endsWith('Z') ? 'UTC' : start.zone;
	const until = end && moment(end.text);
	const range =
		until && until !== from
			? `${from} – ${until.startsWith(from.slice(0, 10)) && until.length > 10 ? until.slice(11) : until}`
			: from;
	return line('When', zone ? `${range} (${zone})` : range);
}

/** "20260503T140000Z" → "2026-05-03 14:00". */
function moment(text: string): string | undefined {
	const [, year, month, day, hour, minute] =
		/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d))?/.exec(text) ?? [];
	if (!year) return undefined;
	return `${year}-${month}-${day}${hour ? ` ${hour}:${minute}` : ''}`;
}

function line(label: string, text: string | undefined): string {
	return text ? `${label}: ${text}` : '';
}
