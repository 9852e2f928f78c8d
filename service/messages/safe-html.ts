import sanitizeHtml from 'sanitize-html';
import type { IOptions } from 'sanitize-html';
import { htmlToText } from './html-to-text.ts';
import { quoteMark, wrapQuotes } from './quoted-html.ts';
import { safeStyle } from './safe-style.ts';

export interface ShownHtml {
	/** What stands in the body: well-formed, with nothing in it that runs, asks the network or leaves its place. */
	fragment: string;
	/** It names pictures elsewhere: left out, or shown if they were asked for. */
	hasRemoteContent: boolean;
	/** The mail's HTML was longer than what is shown. */
	isCut: boolean;
}

export interface ShownWith {
	/** The reader asked for pictures from elsewhere. */
	remote?: boolean;
	/** Pictures that came with the mail: Content-ID (without angle brackets) → data: address. */
	pictures?: ReadonlyMap<string, string>;
}

/** HTML that is read, in characters; what is longer is hardly a letter. */
const longestHtml = 1_000_000;
const deepest = 200;
/** The parser takes the square of the depth; a mail that is nested like this is no letter. */
const absurdlyDeep = 3_000;

/** Tags that show text, lists, tables and pictures. Whatever is not here loses its tag and keeps its text; what has no
 *  readable text loses that as well. */
const tags = (
	'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em ' +
	'figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section ' +
	'small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr'
).split(' ');

/** Browsers read what is in these as something else than HTML, or nobody reads it. */
const withoutText = (
	'script style textarea option xmp title iframe noembed noframes noscript plaintext template object applet audio video canvas ' +
	'xml datalist select'
).split(' ');

const common = ['dir', 'lang', 'title', 'align', 'style', 'class'];
const cells = ['width', 'height', 'bgcolor', 'valign', 'background'];

/** The mail's HTML as it can be shown to people (requirement K7), by lists of what is allowed: tags, attributes, properties and
 *  kinds of address. Reading the result again gives the same. It is meant for a sandboxed frame with a strict policy as well;
 *  neither wall counts on the other.
 *  @param html as it came, whatever it is */
export function safeHtml(html: string, { remote = false, pictures }: ShownWith = {}): ShownHtml {
	let hasRemoteContent = false;
	let depth = 0;
	const options: IOptions = {
		allowedTags: tags,
		nonTextTags: withoutText,
		nestingLimit: deepest,
		allowedAttributes: {
			'*': common,
			a: ['href', 'rel', 'target'],
			img: ['src', 'alt', 'width', 'height', 'border', 'referrerpolicy', 'loading'],
			table: [...cells, 'border', 'cellpadding', 'cellspacing'],
			tbody: ['valign'],
			tr: cells,
			td: [...cells, 'colspan', 'rowspan', 'nowrap'],
			th: [...cells, 'colspan', 'rowspan', 'nowrap'],
			col: ['span', 'width'],
			colgroup: ['span', 'width'],
			font: ['color', 'face', 'size'],
			hr: ['width', 'size', 'color', 'noshade'],
			ol: ['start', 'type', 'reversed'],
			ul: ['type'],
			li: ['value', 'type'],
			time: ['datetime'],
		},
		// Addresses are looked at below, by our own lists.
		allowedSchemesAppliedToAttributes: [],
		parseStyleAttributes: false,
		transformTags: {
			'*': (name, given) => {
				const { attributes, asksElsewhere } = safeAttributes(name, given, { remote, pictures });
				hasRemoteContent ||= asksElsewhere;
				return { tagName: name, attribs: attributes };
			},
		},
		onOpenTag: () => {
			depth += 1;
			if (depth > absurdlyDeep) throw new TooDeep();
		},
		onCloseTag: () => {
			depth -= 1;
		},
	};
	const isCut = html.length > longestHtml;
	try {
		const once = sanitizeHtml(html.slice(0, longestHtml), options);
		// Inside SVG and MathML other rules of nesting hold, and what is left of it without them is read anew.
		const clean = foreign.test(html) ? sanitizeHtml(once, options) : once;
		return { fragment: wrapQuotes(clean), hasRemoteContent, isCut };
	} catch (error) {
		if (!(error instanceof TooDeep)) throw error;
		return { fragment: asText(html), hasRemoteContent: false, isCut };
	}
}

const foreign = /<(?:svg|math)\b/i;

class TooDeep extends Error {}

/** Only what can be read, without any form. */
function asText(html: string): string {
	const text = htmlToText(html.slice(0, longestHtml));
	const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	return `<pre>${escaped}</pre>`;
}

type Attributes = Record<string, string>;

function safeAttributes(
	tag: string,
	given: Attributes,
	{ remote, pictures }: Required<Pick<ShownWith, 'remote'>> & Pick<ShownWith, 'pictures'>,
): { attributes: Attributes; asksElsewhere: boolean } {
	const attributes: Attributes = {};
	let asksElsewhere = false;
	for (const [name, value] of Object.entries(given)) {
		if (plain.has(name)) attributes[name] = plainValue(value);
	}
	if (given['style'] !== undefined) {
		const { style, hasPicture } = safeStyle(given['style'], remote);
		asksElsewhere ||= hasPicture;
		if (style) attributes['style'] = style;
	}
	if (given['background'] !== undefined) {
		const picture = pictureElsewhere(given['background']);
		asksElsewhere ||= picture !== undefined;
		if (picture && remote) attributes['background'] = picture;
	}
	if (tag === 'a') Object.assign(attributes, linkAttributes(given['href']));
	if (tag === 'img') {
		const { src, isElsewhere } = pictureSource(given['src'] ?? '', remote, pictures);
		asksElsewhere ||= isElsewhere;
		if (src) attributes['src'] = src;
		if (src && isElsewhere) attributes['referrerpolicy'] = 'no-referrer';
	}
	const mark = quoteMark(tag, given);
	if (mark) attributes['class'] = mark;
	return { attributes, asksElsewhere };
}

/** Attributes whose value is a number, a colour or words: nothing in them is ever fetched or run. */
const plain = new Set(
	(
		'dir lang title align width height bgcolor valign border cellpadding cellspacing colspan rowspan nowrap span color face size ' +
		'noshade start type reversed value datetime alt'
	).split(' '),
);

function plainValue(value: string): string {
	return value.slice(0, 1_000);
}

function linkAttributes(href: string | undefined): Attributes {
	const address = href === undefined ? undefined : safeLink(href);
	return address ? { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' } : {};
}

const linkProtocols = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const longestAddress = 8_000;

/** An address that a link may lead to, as a browser reads it (URL Standard), or undefined. Relative ones lead nowhere: a mail is
 *  on no site. */
function safeLink(href: string): string | undefined {
	const text = href.trim();
	const url = asUrl(text.startsWith('//') ? `https:${text}` : text);
	return url && linkProtocols.has(url.protocol) && url.href.length <= longestAddress
		? url.href
		: undefined;
}

function pictureSource(
	src: string,
	remote: boolean,
	pictures: ReadonlyMap<string, string> | undefined,
): { src?: string; isElsewhere: boolean } {
	const contentId = contentIdOf(src);
	if (contentId !== undefined) return { src: pictures?.get(contentId), isElsewhere: false };
	const address = pictureElsewhere(src);
	if (address === undefined) return { isElsewhere: false };
	return { ...(remote ? { src: address } : {}), isElsewhere: true };
}

/** The address of a picture on the web, or undefined. */
function pictureElsewhere(src: string): string | undefined {
	const address = safeLink(src);
	return address && /^https?:/.test(address) ? address : undefined;
}

/** "cid:part1.abc@example.org" names a part of the mail (RFC 2392). */
function contentIdOf(src: string): string | undefined {
	const id = /^\s*cid:(.{1,500})$/i.exec(src)?.[1]?.trim();
	if (id === undefined) return undefined;
	try {
		return decodeURIComponent(id);
	} catch {
		return id; // A percent sign that is only a percent sign.
	}
}

function asUrl(text: string): URL | undefined {
	return URL.canParse(text) ? new URL(text) : undefined;
}

/** The parts of a mail that its HTML shows, by their Content-IDs without angle brackets. */
export function contentIdsIn(html: string): Set<string> {
	const found = new Set<string>();
	for (const [, id] of html.slice(0, longestHtml).matchAll(/["'=(]\s*(cid:[^\s"'<>)]{1,500})/gi)) {
		const contentId = contentIdOf(id!.replaceAll('&amp;', '&'));
		if (contentId) found.add(contentId);
	}
	return found;
}
