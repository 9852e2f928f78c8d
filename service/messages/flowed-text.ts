/** Joins the lines of a text that may flow (RFC 3676): those that end in a space go on in the next.
 *  @param deletesSpaces the space at the end was added only for that (parameter DelSp) */
export function unflowed(text: string, deletesSpaces: boolean): string {
	const lines: string[] = [];
	let open: { depth: number; text: string } | undefined;
	for (const line of text.split('\n')) {
		const depth = /^>*/.exec(line)![0].length;
		const content = line.slice(depth).replace(/^ /, '');
		const isSignature = content === '-- ';
		const goesOn = !isSignature && content.endsWith(' ');
		const words = goesOn && deletesSpaces ? content.slice(0, -1) : content;
		if (open && open.depth === depth && !isSignature) open.text += words;
		else {
			if (open) lines.push(written(open));
			open = { depth, text: words };
		}
		if (goesOn) continue;
		lines.push(written(open));
		open = undefined;
	}
	if (open) lines.push(written(open));
	return lines.join('\n');
}

function written({ depth, text }: { depth: number; text: string }): string {
	return depth > 0 ? `${'>'.repeat(depth)} ${text}` : text;
}
