/** Properties that set text, boxes and colours. Left out on purpose: position, z-index, transform, opacity, content, cursor, filter
 *  and animations, with which a mail could cover what is beside it or pretend to be a button; behavior and -moz-binding, which
 *  once ran scripts; and everything with a url() but a background picture. */
const properties = new Set(
	(
		'background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width border-collapse ' +
		'border-color border-left border-left-color border-left-style border-left-width border-radius border-right ' +
		'border-right-color border-right-style border-right-width border-spacing border-style border-top border-top-color ' +
		'border-top-style border-top-width border-width box-sizing caption-side clear color direction display empty-cells ' +
		'float font font-family font-size font-style font-variant font-weight height letter-spacing line-height list-style ' +
		'list-style-position list-style-type margin margin-bottom margin-left margin-right margin-top max-height max-width ' +
		'min-height min-width overflow overflow-wrap padding padding-bottom padding-left padding-right padding-top ' +
		'table-layout text-align text-decoration text-indent text-transform unicode-bidi vertical-align visibility white-space ' +
		'width word-break word-spacing word-wrap background'
	).split(' '),
);

/** Words, numbers, colours and font names; the only functions are those of colours. No backslash, no "@", no comment. */
const harmless =
	/^(?:[a-z0-9#%.,+\-\s"'!]|rgba?\([\d\s.,%/]{1,60}\)|hsla?\([\d\s.,%/deg]{1,60}\))+$/i;
const pictureElsewhere = /^url\(\s*(["']?)(https?:\/\/[^\s"'()\\<>]{1,2000})\1\s*\)$/i;
const mostDeclarations = 60;
const longestValue = 300;

export interface SafeStyle {
	/** Declarations, each "name: value", joined by "; "; empty when none is left. */
	style: string;
	/** It asks for a picture elsewhere, which is in `style` only if that is allowed. */
	hasPicture: boolean;
}

/** What of a style attribute (CSS declarations) can do no harm.
 *  @param remote background pictures from elsewhere stay */
export function safeStyle(style: string, remote: boolean): SafeStyle {
	const kept: string[] = [];
	let hasPicture = false;
	for (const declaration of style.slice(0, 20_000).split(';').slice(0, mostDeclarations)) {
		const colon = declaration.indexOf(':');
		const name = declaration.slice(0, colon).trim().toLowerCase();
		const value = declaration.slice(colon + 1).trim();
		if (colon < 1) continue;
		const picture = name.startsWith('background') ? pictureIn(value) : undefined;
		if (picture) {
			hasPicture = true;
			if (remote) kept.push(`background-image: url("${picture}")`);
		} else if (properties.has(name) && value.length <= longestValue && harmless.test(value)) {
			kept.push(`${name}: ${value.replace(/\s+/g, ' ')}`);
		}
	}
	return { style: kept.join('; '), hasPicture };
}

/** A url() alone, with or without a colour and words such as "no-repeat" beside it. */
function pictureIn(value: string): string | undefined {
	const url = /url\([^()]*\)/i.exec(value.slice(0, 3_000))?.[0];
	return url === undefined ? undefined : pictureElsewhere.exec(url)?.[2];
}
