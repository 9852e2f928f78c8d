/** A mail's HTML as a document of its own, for a sandboxed frame. The service has made the HTML safe; here stands the second
 *  wall: a policy that lets the document fetch nothing, run nothing and send nothing, whatever the first one missed.
 *  @param html of the mail's body, as the service gives it.
 *  @param remote whether pictures from elsewhere may be fetched. */
export function frameDocument(html: string, remote: boolean): string {
	return `<!doctype html><html dir="auto"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(remote)}">
<meta name="referrer" content="no-referrer"><base target="_blank"><style>${style}</style></head>
<body>${html}</body></html>`;
}

function policy(remote: boolean): string {
	return [
		"default-src 'none'",
		`img-src data:${remote ? ' https: http:' : ''}`,
		"style-src 'unsafe-inline'",
		"base-uri 'none'",
		"form-action 'none'",
	].join('; ');
}

/** Mails are written for white paper, whatever WordPress's colours are. */
const style = `
html { background: #fff; color: #1d2327; }
body { margin: 12px; font: 14px/1.5 -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
img, table { max-width: 100%; } img { height: auto; } pre { white-space: pre-wrap; }
summary { cursor: pointer; color: #50575e; }
blockquote { margin: 0; padding-inline-start: 12px; border-inline-start: 3px solid #dcdcde; }`;

const lineHeightPx = 22;
const charactersInLine = 90;
const leastPx = 160;
const mostPx = 640;

/** About how high a frame has to be for a text, in pixels. What is inside can't be measured: the frame lets nobody in. */
export function frameHeight(text: string, pictures: number): number {
	const lines = text
		.split('\n')
		.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / charactersInLine)), 0);
	const height = 60 + lines * lineHeightPx + pictures * 120;
	return Math.min(mostPx, Math.max(leastPx, height));
}
