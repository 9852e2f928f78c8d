const tagNames = new Set(
	(
		'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em ' +
		'figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section ' +
		'small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr'
	).split(' '),
);
const attributeNames =
	/^(?:href|rel|target|src|alt|title|dir|lang|align|style|class|open|width|height|bgcolor|valign|background|border|cellpadding|cellspacing|colspan|rowspan|nowrap|span|color|face|size|noshade|start|type|reversed|value|datetime|referrerpolicy)$/;
const tag = /<(\/?)([a-zA-Z][^\s/>]*)((?:\s+[^\s=>"/]+(?:="[^"<>]*")?)*)\s*\/?>/g;

/** What is wrong with HTML that claims to be safe: read letter by letter, independently of who made it. Empty when all is
 *  well. */
export function faultsOf(html: string, { remote = false } = {}): string[] {
	const faults: string[] = [];
	const rest = html.replace(tag, (whole, _slash, name: string, attributes: string) => {
		if (!tagNames.has(name)) faults.push(`tag ${name}`);
		for (const [, key, value = ''] of attributes.matchAll(/\s+([^\s=>"]+)(?:="([^"]*)")?/g))
			faults.push(...faultsOfAttribute(name, key!, decoded(value), remote));
		return whole.startsWith('</') && attributes ? 'BROKEN' : '';
	});
	if (/[<>]/.test(rest)) faults.push(`markup outside of tags: ${rest.slice(0, 100)}`);
	return faults;
}

function faultsOfAttribute(name: string, key: string, value: string, remote: boolean): string[] {
	if (!attributeNames.test(key)) return [`attribute ${key}`];
	if (key === 'href') return /^(?:https?:\/\/|mailto:|tel:)/.test(value) ? [] : [`link ${value}`];
	if (key === 'target') return value === '_blank' ? [] : [`target ${value}`];
	if (key === 'class') return /^quoted(?:-below)?$/.test(value) ? [] : [`class ${value}`];
	if (key === 'src' || key === 'background') {
		const isOurs = name === 'img' && /^data:image\/(?:png|jpeg|gif|webp);base64,/.test(value);
		const isAskedFor = remote && /^https?:\/\//.test(value);
		return isOurs || isAskedFor ? [] : [`${key} ${value}`];
	}
	if (key === 'style') {
		const plain = remote
			? value.replace(/background-image: url\("https?:\/\/[^"()\\]+"\)/g, '')
			: value;
		const bad =
			/url|https?:|image-set|expression|@|\\|\/\*|javascript|var\(|position|z-index|behavior|binding|content|cursor|[<>{}]/i;
		return bad.test(plain) ? [`style ${value}`] : [];
	}
	return [];
}

function decoded(value: string): string {
	return value
		.replaceAll('&quot;', '"')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');
}
