import { decodeBytes } from './charset.ts';

/** A parameter of a header value such as Content-Type, in any of its spellings: plain, quoted, or in pieces and
 *  percent-encoded (RFC 2231).
 *  @param name lower case */
export function parameter(value: string, name: string): string | undefined {
	if (!value.toLowerCase().includes(name)) return undefined;
	const pieces = new Map<number, string>();
	for (const [field, content] of parametersOf(value)) {
		if (field === name) return content;
		const piece = /^(.+?)\*(\d{0,3})\*?$/.exec(field);
		if (piece?.[1] !== name) continue;
		pieces.set(Number(piece[2] || 0), field.endsWith('*') ? fromPercent(content) : content);
	}
	if (pieces.size === 0) return undefined;
	return [...pieces]
		.sort(([a], [b]) => a - b)
		.map(([, content]) => content)
		.join('');
}

const one =
	/;\s{0,1000}([^\s=;"]{1,80})\s{0,10}=\s{0,10}(?:"((?:[^"\\]|\\.){0,2000})"?|([^;]{0,2000}))/g;

function* parametersOf(value: string): Generator<[string, string]> {
	for (const [, name, quoted, plain] of value.slice(0, 8_000).matchAll(one)) {
		const content = quoted?.replace(/\\(.)/g, '$1') ?? plain?.trim() ?? '';
		yield [name!.toLowerCase(), content];
	}
}

/** RFC 2231 §4: charset'language'text, the first two only in the first piece. */
function fromPercent(content: string): string {
	const [, charset, text] = /^([^']{0,40})'[^']{0,20}'(.*)$/s.exec(content) ?? [];
	const bytes = (text ?? content).replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
		String.fromCharCode(parseInt(hex, 16)),
	);
	return decodeBytes(bytes, charset || undefined);
}
