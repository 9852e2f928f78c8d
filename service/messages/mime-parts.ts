import { readHeaderBlock } from './header-fields.ts';
import { decodeBytes } from './charset.ts';
import { decodeTransfer } from './transfer-encoding.ts';
import { parameter } from './parameters.ts';

/** Deeper or more numerous parts than these are no mail that a person or a mail server wrote. */
const deepest = 20;
const mostParts = 500;

/** One leaf of a mail's tree (RFC 2045, 2046). */
export interface Part {
	/** "text/plain", lower case; the default when the part says none. */
	type: string;
	/** Raw Content-Type value. */
	contentType: string;
	encoding: string | undefined;
	isAttachment: boolean;
	/** Bytes as Latin-1 text, still encoded. */
	body: string;
}

export interface Tree {
	leaves: Part[];
	damage: string[];
}

/** The leaves of a mail in their order. `message/rfc822` is a leaf: what is in it is somebody else's mail.
 *  Missing, wrong and unterminated boundaries are forgiven. Linear in the size times the depth limit. */
export function readParts(
	fields: readonly (readonly [string, string])[],
	body: string,
	defaultType = 'text/plain',
): Tree {
	const tree: Tree = { leaves: [], damage: [] };
	addParts(tree, partOf(fields, body, defaultType), 0);
	return tree;
}

/** The part's text: transfer encoding and charset undone, lines ending in LF.
 *  @param most bytes of the encoded body to look at */
export function textOf(part: Part, most: number): string {
	const bytes = decodeTransfer(part.body.slice(0, most), part.encoding);
	const text = decodeBytes(bytes, parameter(part.contentType, 'charset'));
	return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** The part's bytes as Latin-1 text: transfer encoding undone, lines ending in LF. */
export function bytesOf(part: Part, most: number): string {
	const bytes = decodeTransfer(part.body.slice(0, most), part.encoding);
	return bytes.includes('\r') ? bytes.replace(/\r\n?/g, '\n') : bytes;
}

function addParts(tree: Tree, part: Part, depth: number): void {
	if (!part.type.startsWith('multipart/')) {
		tree.leaves.push(part);
		return;
	}
	if (depth === deepest) {
		tree.damage.push(`Parts are nested more than ${deepest} deep; the inner ones were not read.`);
		return;
	}
	const bodies = splitAtBoundary(part.body, parameter(part.contentType, 'boundary'));
	if (!bodies) {
		tree.damage.push('A multipart has no parts; it was read as text.');
		tree.leaves.push({ ...part, type: 'text/plain', contentType: 'text/plain' });
		return;
	}
	const defaultType = part.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
	for (const body of bodies) {
		if (tree.leaves.length >= mostParts) {
			tree.damage.push(`The mail has more than ${mostParts} parts; the rest was not read.`);
			return;
		}
		const { fields, bodyStart } = readHeaderBlock(body);
		addParts(tree, partOf(fields, body.slice(bodyStart), defaultType), depth + 1);
	}
}

function partOf(
	fields: readonly (readonly [string, string])[],
	body: string,
	defaultType: string,
): Part {
	const contentType = valueOf(fields, 'content-type') ?? defaultType;
	const type = /^\s{0,20}([\w.+-]{1,60}\/[\w.+-]{1,80})/.exec(contentType)?.[1]?.toLowerCase();
	return {
		type:
			type ?? (contentType.toLowerCase().startsWith('multipart') ? 'multipart/mixed' : defaultType),
		contentType,
		encoding: valueOf(fields, 'content-transfer-encoding'),
		isAttachment: /^\s{0,20}attachment\b/i.test(valueOf(fields, 'content-disposition') ?? ''),
		body,
	};
}

function valueOf(fields: readonly (readonly [string, string])[], name: string): string | undefined {
	for (const [field, value] of fields) {
		if (field.length === name.length && field.toLowerCase() === name) return value;
	}
	return undefined;
}

/** The bodies between a multipart's boundary lines (RFC 2046 §5.1.1), or undefined when there are none. */
function splitAtBoundary(body: string, boundary: string | undefined): string[] | undefined {
	const declared = boundary && partsBetween(body, `--${boundary}`);
	if (declared && declared.length > 0) return declared;
	const guess = /(?:^|\n)(--[^\s-][^\n]{0,200})\n/.exec(body.slice(0, 8_192))?.[1]?.trimEnd();
	const guessed = guess && partsBetween(body, guess);
	return guessed && guessed.length > 0 ? guessed : undefined;
}

function partsBetween(body: string, marker: string): string[] {
	const parts: string[] = [];
	let start = -1;
	for (let at = body.indexOf(marker); at >= 0; at = body.indexOf(marker, at + marker.length)) {
		if (at > 0 && body.charCodeAt(at - 1) !== 10) continue;
		const after = at + marker.length;
		const lineEnd = body.indexOf('\n', after);
		const rest = body.slice(after, lineEnd < 0 ? undefined : Math.min(lineEnd, after + 200)).trim();
		if (rest !== '' && rest !== '--') continue;
		if (start >= 0) parts.push(body.slice(start, Math.max(start, at - 1)));
		start = rest === '--' ? -1 : lineEnd < 0 ? body.length : lineEnd + 1;
		if (rest === '--' || parts.length > mostParts) break;
	}
	if (start >= 0 && start < body.length) parts.push(body.slice(start));
	return parts;
}
