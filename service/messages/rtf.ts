import { charsetOfCodePage } from './code-pages.ts';
import { decodeBytes } from './charset.ts';

/** What a text in RTF says. */
export interface RtfContent {
	/** The HTML that it was made from; empty when it was not made from HTML. */
	html: string;
	/** Its words; empty when it was made from HTML. */
	text: string;
}

/** No writer nests deeper. */
const deepest = 200;

/** Groups that hold no text of the letter. Those with a star are left out anyway (RTF 1.9.1, "Destinations"). */
const silent = new Set(
	'colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf footnote listtable revtbl objdata fldinst generator xe tc'.split(
		' ',
	),
);

/** Control words that stand for signs. */
const signs: Readonly<Record<string, string>> = {
	par: '\n', line: '\n', sect: '\n', page: '\n', row: '\n', tab: '\t', cell: '\t',
	emdash: '—', endash: '–', lquote: '‘', rquote: '’', ldblquote: '“', rdblquote: '”', bullet: '•',
	emspace: ' ', enspace: ' ', '~': '\u00a0', '_': '\u2011', '\\': '\\', '{': '{', '}': '}',
}; // prettier-ignore

/** The code pages that `\fcharset` names (RTF 1.9.1, "Font Table"). */
const codePageOfFont: Readonly<Record<number, number>> = {
	128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255,
	178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
}; // prettier-ignore

/** What holds within a group and ends with it. */
interface Group {
	isSilent: boolean;
	isFontTable: boolean;
	/** A piece of the HTML itself (MS-OXRTFEX §2.1.3.1.3). */
	isTag: boolean;
	/** What only readers of RTF are to see: `\htmlrtf`. */
	isForRtfOnly: boolean;
	charset: string;
	/** How many signs stand in for one in `\u`. */
	standIns: number;
}

/** Reads RTF: its words, or the HTML that Outlook wrapped in it (MS-OXRTFEX). Linear; never throws.
 *  @param rtf one character a byte */
export function readRtf(rtf: string): RtfContent {
	const reader = new RtfReader(rtf);
	const out = reader.read();
	return reader.isFromHtml ? { html: out, text: '' } : { html: '', text: out.trim() };
}

/** A control word with its number, a control sign, a hexadecimal byte, a brace, an end of line, or other bytes. */
const token =
	/\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|[^\\{}\r\n]+/gi;

class RtfReader {
	isFromHtml = false;
	readonly #rtf: string;
	readonly #groups: Group[] = [];
	readonly #fonts = new Map<number, string>();
	readonly #out: string[] = [];
	#group: Group = {
		isSilent: false,
		isFontTable: false,
		isTag: false,
		isForRtfOnly: false,
		charset: 'windows-1252',
		standIns: 1,
	};
	#charset = 'windows-1252';
	/** Bytes of text that are not decoded yet, and of which charset they are. */
	#bytes = '';
	#charsetOfBytes = '';
	/** Signs that stand in for the last `\u` and are still to come. */
	#toSkip = 0;
	#isStarred = false;
	#font = 0;

	constructor(rtf: string) {
		this.#rtf = rtf;
	}

	read(): string {
		const tokens = new RegExp(token);
		for (let found = tokens.exec(this.#rtf); found; found = tokens.exec(this.#rtf)) {
			const [all, word, number, hex, sign, brace] = found;
			if (brace === '{') {
				if (this.#groups.length >= deepest) break;
				this.#toSkip = 0;
				this.#groups.push({ ...this.#group });
			} else if (brace === '}') this.#close();
			else if (word !== undefined)
				tokens.lastIndex += this.#obey(word, number === undefined ? undefined : Number(number));
			else if (hex !== undefined) this.#say(String.fromCharCode(parseInt(hex, 16)));
			else if (sign === '*') this.#isStarred = true;
			else if (sign !== undefined) this.#obeySign(sign);
			else if (all[0] !== '\r' && all[0] !== '\n') this.#say(all);
		}
		this.#decode();
		return this.#out.join('');
	}

	#close(): void {
		this.#toSkip = 0;
		this.#isStarred = false;
		this.#group = this.#groups.pop() ?? this.#group;
	}

	/** @returns how many bytes that follow are no RTF */
	#obey(word: string, number: number | undefined): number {
		const group = this.#group;
		const isStarred = this.#isStarred;
		this.#isStarred = false;
		if (word === 'bin') return Math.max(0, number ?? 0);
		if (word === 'htmltag' && isStarred) {
			group.isTag = true;
			group.charset = this.#charset;
		} else if (isStarred || silent.has(word)) group.isSilent = true;
		else if (word === 'fonttbl') group.isFontTable = group.isSilent = true;
		else if (word === 'ansicpg') this.#charset = group.charset = charsetOfCodePage(number ?? 1252);
		else if (word === 'fromhtml') this.isFromHtml = true;
		else if (word === 'htmlrtf') group.isForRtfOnly = number !== 0;
		else if (word === 'uc') group.standIns = Math.min(Math.max(0, number ?? 1), 8);
		else if (word === 'u') this.#sayUnicode(number ?? 63);
		else if (word === 'f') this.#chooseFont(number ?? 0);
		else if (word === 'fcharset' && group.isFontTable) this.#defineFont(number ?? 0);
		else if (word === 'plain') group.charset = this.#charset;
		else if (Object.hasOwn(signs, word)) this.#write(signs[word]!);
		return 0;
	}

	#obeySign(sign: string): void {
		if (sign === '\n' || sign === '\r') this.#write('\n');
		else if (sign === '~' && this.isFromHtml && !this.#group.isTag) this.#write('&nbsp;');
		else if (Object.hasOwn(signs, sign)) this.#write(signs[sign]!);
	}

	#chooseFont(number: number): void {
		if (this.#group.isFontTable) this.#font = number;
		else this.#group.charset = this.#fonts.get(number) ?? this.#charset;
	}

	#defineFont(fontCharset: number): void {
		const page = codePageOfFont[fontCharset];
		if (page && this.#fonts.size < 1_000) this.#fonts.set(this.#font, charsetOfCodePage(page));
	}

	/** Takes bytes of text. */
	#say(bytes: string): void {
		this.#isStarred = false;
		const left = bytes.slice(this.#toSkip);
		this.#toSkip -= bytes.length - left.length;
		if (left === '' || !this.#isHeard()) return;
		if (this.#charsetOfBytes !== this.#group.charset) this.#decode();
		this.#charsetOfBytes = this.#group.charset;
		this.#bytes += left;
	}

	#sayUnicode(number: number): void {
		this.#write(String.fromCharCode(number & 0xffff));
		this.#toSkip = this.#group.standIns;
	}

	#write(text: string): void {
		if (this.#toSkip > 0) {
			this.#toSkip--;
			return;
		}
		if (!this.#isHeard()) return;
		this.#decode();
		this.#out.push(text);
	}

	#isHeard(): boolean {
		return !this.#group.isSilent && !(this.isFromHtml && this.#group.isForRtfOnly);
	}

	#decode(): void {
		if (this.#bytes === '') return;
		this.#out.push(decodeBytes(this.#bytes, this.#charsetOfBytes));
		this.#bytes = '';
	}
}
