/** Elements in which mail programs put what is quoted: Gmail, Yahoo, ProtonMail, Zoho, Tutanota. (Thunderbird and Apple Mail
 *  take a blockquote.) */
const quoteClasses =
	/(?:^|\s)(?:gmail_quote|yahoo_quoted|protonmail_quote|zmail_extra|tutanota_quote)(?:_container)?(?:\s|$)/;
const quoteTags = new Set(['blockquote', 'div', 'span', 'section', 'article', 'p', 'hr']);

/** What Outlook puts above the other mail; all after it in the same place is quoted. */
const markIds = /^(?:x_)?(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container)$/;
/** The line that Outlook for Windows draws above From and Sent. */
const markStyle = /border-top:\s*solid\s+#(?:E1E1E1|B5C4DF)\s+1\.0pt/i;

export const quoted = 'quoted';
export const quotedBelow = 'quoted-below';

/** How a mail's element is marked for `wrapQuotes`: "quoted" when its content is, "quoted-below" when what follows it is as
 *  well, undefined when it is none of these.
 *  @param attributes as the mail has them */
export function quoteMark(
	tag: string,
	attributes: Readonly<Record<string, string>>,
): typeof quoted | typeof quotedBelow | undefined {
	const { class: classes = '', id = '', style = '' } = attributes;
	if (tag === 'details') return classes === quoted ? quoted : undefined;
	if (!quoteTags.has(tag)) return undefined;
	if (classes === quotedBelow || markIds.test(id) || markStyle.test(style)) return quotedBelow;
	if (tag === 'blockquote' || classes === quoted || quoteClasses.test(classes)) return quoted;
	return undefined;
}

const opening = '<details class="quoted">';
const openingOpen = '<details class="quoted" open>';
const summary = '<summary>Quoted text</summary>';
const voidTags = new Set(['br', 'hr', 'img', 'col', 'wbr']);

interface Element {
	name: string;
	/** Where its opening tag is among the pieces. */
	at: number;
	/** The fold that ends after it, and the one that ends before its closing tag. */
	isFolded: boolean;
	foldsInside: boolean;
	isFold: boolean;
}

/** Folds what is marked as quoted into `<details class="quoted">`, the outermost only; open when nothing else is there to be
 *  read. Done again it changes nothing.
 *  @param html as the sanitizer writes it: well-formed, and "<" and ">" only around tags */
export function wrapQuotes(html: string): string {
	const walk = new Walk();
	let position = 0;
	for (const { 0: tag, 1: slash, 2: name = '', 3: rest = '', index } of html.matchAll(anyTag)) {
		walk.text(html.slice(position, index));
		if (slash) walk.close(name, tag);
		else walk.open(name, tag, rest);
		position = index + tag.length;
	}
	walk.text(html.slice(position));
	return walk.end();
}

const anyTag = /<(\/?)([a-z][a-z0-9]*)([^<>]*)>/g;

class Walk {
	readonly #pieces: string[] = [];
	readonly #stack: Element[] = [element('', -1)];
	/** Where folds begin among the pieces. */
	readonly #folds: number[] = [];
	#folded = 0;
	#hasOwnWords = false;

	text(text: string): void {
		if (text === '') return;
		if (this.#folded === 0 && /[\p{L}\p{N}]/u.test(text)) this.#hasOwnWords = true;
		this.#pieces.push(text);
	}

	open(name: string, tag: string, rest: string): void {
		const mark = / class="(quoted(?:-below)?)"/.exec(rest)?.[1];
		if (name === 'details' && mark === quoted) {
			this.#folds.push(this.#pieces.length);
			this.#folded += 1;
			this.#push({ ...element(name, this.#pieces.length), isFold: true }, opening);
		} else if (mark && this.#folded === 0) {
			if (mark === quotedBelow) this.#foldFromHere();
			else this.#fold();
			this.#push({ ...element(name, this.#pieces.length), isFolded: mark === quoted }, tag);
		} else if (voidTags.has(name)) {
			if (name === 'img' && this.#folded === 0) this.#hasOwnWords = true;
			this.#pieces.push(tag);
		} else {
			this.#push(element(name, this.#pieces.length), tag);
		}
	}

	close(name: string, tag: string): void {
		const top = this.#stack.at(-1)!;
		if (top.name !== name || this.#stack.length === 1) return;
		this.#stack.pop();
		if (top.foldsInside) this.#unfold();
		this.#pieces.push(tag);
		if (top.isFolded) this.#unfold();
		if (top.isFold) this.#folded -= 1;
	}

	end(): string {
		while (this.#stack.length > 1) {
			const { name } = this.#stack.at(-1)!;
			this.close(name, `</${name}>`);
		}
		if (this.#stack[0]!.foldsInside) this.#unfold();
		if (!this.#hasOwnWords) for (const at of this.#folds) this.#pieces[at] = openingOpen;
		return this.#pieces.join('');
	}

	#push(added: Element, tag: string): void {
		this.#pieces.push(tag);
		if (!voidTags.has(added.name)) this.#stack.push(added);
	}

	#fold(): void {
		this.#folds.push(this.#pieces.length);
		this.#folded += 1;
		this.#pieces.push(opening, summary);
	}

	#unfold(): void {
		this.#folded -= 1;
		this.#pieces.push('</details>');
	}

	/** Outlook's mark may be the first thing in boxes of its own: what is quoted then comes after these boxes. */
	#foldFromHere(): void {
		let parent = this.#stack.length - 1;
		while (parent > 0 && this.#isNothingAfter(this.#stack[parent]!.at)) parent -= 1;
		const at = parent + 1 < this.#stack.length ? this.#stack[parent + 1]!.at : this.#pieces.length;
		this.#folds.push(at);
		this.#folded += 1;
		this.#stack[parent]!.foldsInside = true;
		this.#pieces.splice(at, 0, opening, summary);
		for (const box of this.#stack.slice(parent + 1)) box.at += 2;
	}

	#isNothingAfter(at: number): boolean {
		return this.#pieces
			.slice(at + 1)
			.every((piece) => /^<(?!img\b)/.test(piece) || piece.trim() === '');
	}
}

function element(name: string, at: number): Element {
	return { name, at, isFolded: false, foldsInside: false, isFold: false };
}
