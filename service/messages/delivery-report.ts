import { readHeaderBlock, readableHeaders } from './header-fields.ts';
import type { Headers } from './headers.ts';

/** RFC 3464 §2: a report on what became of a mail, one group of fields a recipient. */
export interface DeliveryReport {
	/** §2.2.2, without "dns;". */
	reportingMta?: string;
	/** §2.2.1. */
	originalEnvelopeId?: string;
	recipients: RecipientReport[];
}

/** RFC 3464 §2.3. Values without their type prefix ("rfc822;", "smtp;"), comments kept. */
export interface RecipientReport {
	/** §2.3.1, before any forwarding: the address that we wrote to. */
	originalRecipient?: string;
	/** §2.3.2. */
	finalRecipient?: string;
	/** §2.3.3, lower case: failed, delayed, delivered, relayed, expanded, or what the server made up. */
	action?: string;
	/** §2.3.4, such as "5.1.1". */
	status?: string;
	/** §2.3.5. */
	remoteMta?: string;
	/** §2.3.6, unfolded. */
	diagnosticCode?: string;
	/** All fields of the group, also the ones with no name above. */
	fields: Headers;
}

/** A report on more recipients than this is read no further. */
const mostRecipients = 5_000;

type Field = readonly [name: string, value: string];

/** Reads the fields of a message/delivery-status body: bytes as Latin-1 text, or text, lines ending in LF. Forgiving:
 *  indented fields, spaces before colons, a missing or a superfluous empty line between the groups. */
export function readDeliveryReport(body: string): DeliveryReport | undefined {
	const groups = groupsOf(body);
	const recipients: RecipientReport[] = [];
	let aboutAll: Field[] = [];
	let loose: Field[] = [];

	for (const group of groups) {
		if (recipients.length >= mostRecipients) break;
		if (namesRecipient(group)) {
			recipients.push(recipientReport([...loose, ...group]));
			loose = [];
			continue;
		}
		if (!group.some(([name]) => /^(?:action|status|diagnostic-code)$/i.test(name))) {
			aboutAll = [...aboutAll, ...group];
			continue;
		}
		// Fields of a recipient that an empty line cut off, before or after the line that names it.
		const last = recipients.at(-1);
		if (last && !group.some(([name]) => last.fields.has(name))) {
			recipients[recipients.length - 1] = recipientReport([...last.fields, ...group]);
		} else loose = [...loose, ...group];
	}
	if (loose.length > 0) recipients.push(recipientReport(loose));
	if (recipients.length === 0 && aboutAll.length === 0) return undefined;

	const all = readableHeaders(aboutAll);
	return {
		reportingMta: withoutType(all.get('Reporting-MTA')),
		originalEnvelopeId: all.get('Original-Envelope-Id'),
		recipients,
	};
}

/** Groups of fields between empty lines; a second Final-Recipient begins a group of its own, as does the first
 *  recipient field after fields about the whole mail. */
function groupsOf(body: string): Field[][] {
	const groups: Field[][] = [];
	let group: Field[] = [];
	for (const field of fieldsIn(body)) {
		const ends = field === 'gap' || beginsRecipient(field[0], group);
		if (ends && group.length > 0) {
			groups.push(group);
			group = [];
		}
		if (field !== 'gap') group.push(field);
		if (groups.length > mostRecipients * 2) break;
	}
	return group.length > 0 ? [...groups, group] : groups;
}

const afterFinal = /^(?:final-recipient|reporting-mta|arrival-date)$/i;
const afterOriginal = /^(?:original-recipient|reporting-mta|arrival-date)$/i;

function beginsRecipient(name: string, group: readonly Field[]): boolean {
	if (/^final-recipient$/i.test(name)) return group.some(([field]) => afterFinal.test(field));
	return /^original-recipient$/i.test(name) && group.some(([field]) => afterOriginal.test(field));
}

/** The fields of a body in their order, 'gap' for an empty line. */
function* fieldsIn(body: string): Generator<Field | 'gap'> {
	const lines = body.slice(0, 8 * 1024 * 1024).split('\n');
	let block: string[] = [];
	for (const line of [...lines, '']) {
		if (line.trim() !== '') {
			block.push(line);
			continue;
		}
		if (block.length > 0) yield* readAll(withoutIndent(block).join('\n'));
		block = [];
		yield 'gap';
	}
}

/** Some servers indent their fields, which makes each look like the continuation of the one above. */
function withoutIndent(block: readonly string[]): readonly string[] {
	const [indent] = /^[ \t]{1,40}(?=[A-Za-z][A-Za-z0-9-]{1,60}[ \t]{0,5}:)/.exec(block[0]!) ?? [];
	if (!indent) return block;
	return block.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
}

/** All fields of a block, stepping over lines that are none. */
function* readAll(block: string): Generator<Field> {
	let position = 0;
	while (position < block.length) {
		const { fields, bodyStart } = readHeaderBlock(block, position);
		yield* fields;
		if (bodyStart >= block.length) return;
		const next = block.indexOf('\n', bodyStart);
		if (next < 0) return;
		position = next + 1;
	}
}

function namesRecipient(group: readonly Field[]): boolean {
	return group.some(([name]) => /^(?:final|original)-recipient$|^x-actual-recipient$/i.test(name));
}

function recipientReport(group: readonly Field[]): RecipientReport {
	const fields = readableHeaders(group);
	const final =
		addressIn(fields.get('Final-Recipient')) ?? addressIn(fields.get('X-Actual-Recipient'));
	return {
		originalRecipient: withoutXtext(addressIn(fields.get('Original-Recipient'))),
		finalRecipient: final,
		action: /^[a-z-]{2,20}/i.exec(fields.get('Action') ?? '')?.[0].toLowerCase(),
		status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('Status') ?? '')?.[0],
		remoteMta: withoutType(fields.get('Remote-MTA')),
		diagnosticCode: withoutType(fields.get('Diagnostic-Code')),
		fields,
	};
}

/** "rfc822; <user@example.org>" → "user@example.org". Text without an address stays: it may be a local part. */
function addressIn(value: string | undefined): string | undefined {
	const bare = withoutType(value)
		?.replace(/^<|[>;,]+$/g, '')
		.replace(/^(["'])([^"']*)\1$/, '$2')
		.trim();
	return bare || undefined;
}

/** RFC 3461 §4 writes "+" and "=" of an original recipient as hexadecimal numbers; some servers leave them so. */
function withoutXtext(address: string | undefined): string | undefined {
	return address?.replaceAll('+2B', '+').replaceAll('+3D', '=');
}

/** §2.1.2: "dns; mx.example.org" → "mx.example.org". Written with and without spaces, and forgotten by some. */
function withoutType(value: string | undefined): string | undefined {
	const bare = value?.replace(/^\s{0,100}[\w!.-]{1,40}\s{0,10};\s{0,100}/, '').trim();
	return bare || undefined;
}
