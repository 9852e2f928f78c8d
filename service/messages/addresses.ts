import { isAscii } from './header-fields.ts';

/** An address as mails write it, with or without what surrounds it. Also non-ASCII local parts and domains (RFC 6531). */
const address =
	/(?:"(?:[^"\\\n]|\\.){1,64}"|[^\s<>()[\]{}",;:@\\|]{1,128})@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62}[\p{L}\p{N}])?\.){0,10}[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62}[\p{L}\p{N}])?/gu;

/** The same for text without anything above ASCII, which most is. */
const asciiAddress =
	/(?:"(?:[^"\\\n]|\\.){1,64}"|[^\s<>()[\]{}",;:@\\|]{1,128})@(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\.){0,10}[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?/gi;

/** A text that is one plain address and nothing else, as most values of fields are. */
const onlyAddress = /^[a-z0-9][\w.+-]{0,127}(?<![.])@((?:[a-z0-9]{1,63}[.-]){0,9}[a-z0-9]{1,63})$/i;

/** All addresses in a text, in their order, each once; the domain in lower case. */
export function addressesIn(text: string, most = 50): string[] {
	const at = text.indexOf('@');
	if (at < 0) return [];
	if (text.length < 255 && onlyAddress.test(text))
		return [text.slice(0, at) + text.slice(at).toLowerCase()];
	const found = new Set<string>();
	for (const [whole] of text.matchAll(isAscii(text) ? asciiAddress : address)) {
		const clean = tidyAddress(whole);
		if (clean) found.add(clean);
		if (found.size >= most) break;
	}
	return [...found];
}

/** The first address in a text. */
export function firstAddressIn(text: string | undefined): string | undefined {
	return text ? addressesIn(text.slice(0, 2_000), 1)[0] : undefined;
}

/** Quotes and prefixes off, domain in lower case; undefined when nothing is left. */
export function tidyAddress(raw: string): string | undefined {
	const bare = raw
		.trim()
		.replace(/^(?:mailto:|smtp[:=]|rfc822;)/i, '')
		.replace(/^['`=*+]+|['`.]+$/g, '');
	const at = bare.lastIndexOf('@');
	if (at <= 0 || at === bare.length - 1) return undefined;
	return bare.slice(0, at) + bare.slice(at).toLowerCase();
}
