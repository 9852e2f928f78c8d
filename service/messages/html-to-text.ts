/** Named characters that occur in bounces and auto-replies; the others stay as they are. */
const named: Readonly<Record<string, string>> = {
	amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ',
	auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß',
	agrave: 'à', aacute: 'á', acirc: 'â', atilde: 'ã', aring: 'å', aelig: 'æ', ccedil: 'ç',
	egrave: 'è', eacute: 'é', ecirc: 'ê', euml: 'ë', iacute: 'í', icirc: 'î', iuml: 'ï',
	ntilde: 'ñ', oacute: 'ó', ocirc: 'ô', otilde: 'õ', oslash: 'ø', ugrave: 'ù', uacute: 'ú',
	Eacute: 'É', Agrave: 'À', iexcl: '¡', iquest: '¿',
	rsquo: '’', lsquo: '‘', ldquo: '“', rdquo: '”', ndash: '–', mdash: '—', hellip: '…',
}; // prettier-ignore

/** Tags that begin a new line where they open or close. */
const lineTags = new Set(
	'br p div tr li ul ol table h1 h2 h3 h4 h5 h6 hr blockquote pre section header footer title'.split(
		' ',
	),
);
/** Elements whose content nobody reads. */
const hidden = new Set(['script', 'style']);

/** HTML as the text a person reads, in one pass whatever its nesting. Not a sanitizer: for judging, never for showing. */
export function htmlToText(html: string): string {
	const pieces: string[] = [];
	let position = 0;
	while (position < html.length) {
		const open = html.indexOf('<', position);
		if (open < 0) break;
		pieces.push(flowing(html.slice(position, open)));
		const { name, end } = readTag(html, open);
		if (name === undefined) {
			pieces.push('<');
			position = open + 1;
			continue;
		}
		if (lineTags.has(name)) pieces.push('\n');
		else if (name === 'td' || name === 'th') pieces.push(' ');
		position = hidden.has(name) && html[open + 1] !== '/' ? endOfElement(html, name, end) : end;
	}
	pieces.push(flowing(html.slice(position)));
	return tidy(pieces.join(''));
}

/** Line ends in the source are spaces on the page. */
function flowing(text: string): string {
	return decodeCharacters(text.replaceAll('\n', ' '));
}

function readTag(html: string, open: number): { name?: string; end: number } {
	if (html.startsWith('<!--', open)) {
		const close = html.indexOf('-->', open + 4);
		return { name: '!', end: close < 0 ? html.length : close + 3 };
	}
	const start = html[open + 1] === '/' ? open + 2 : open + 1;
	const name = /^[a-z!?][a-z0-9:]{0,30}/i.exec(html.slice(start, start + 32))?.[0];
	const close = name === undefined ? -1 : closeOfTag(html, start);
	// "<user@example.org>" in a page that forgot to escape it is an address, not a tag.
	if (close < 0 || looksLikeAddress(html, start, close)) return { end: open + 1 };
	return { name: name!.toLowerCase(), end: close + 1 };
}

/** A tag that does not close within this many characters is none; without the limit, "<a<a<a…" would cost its square. */
const longestTag = 2_000;

function closeOfTag(html: string, start: number): number {
	const at = html.slice(start, start + longestTag).indexOf('>');
	return at < 0 ? -1 : start + at;
}

function looksLikeAddress(html: string, start: number, close: number): boolean {
	return close - start < 260 && /^[^\s<>"'=/]+@[^\s<>"'=/]+$/.test(html.slice(start, close));
}

function endOfElement(html: string, name: string, from: number): number {
	const close = new RegExp(`</${name}\\b`, 'gi');
	close.lastIndex = from;
	const at = close.exec(html)?.index;
	if (at === undefined) return html.length;
	const end = html.indexOf('>', at);
	return end < 0 ? html.length : end + 1;
}

function decodeCharacters(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
		if (name[0] !== '#') return named[name] ?? whole;
		const code =
			name[1]!.toLowerCase() === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1));
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}

function tidy(text: string): string {
	const lines = text.split('\n').map((line) => line.replace(/[ \t\u00a0]+/g, ' ').trim());
	return lines
		.filter((line, i) => line !== '' || lines[i - 1] !== '')
		.join('\n')
		.trim();
}
