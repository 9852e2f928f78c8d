/** A whole page around a mail's safe HTML, for `<iframe sandbox srcdoc>`. Its own policy (Content Security Policy 3) forbids
 *  everything but styles and pictures, should something ever get past the sanitizer.
 *  @param fragment from `safeHtml`
 *  @param remote pictures from elsewhere may be fetched */
export function mailDocument(fragment: string, remote: boolean): string {
	const policy = [
		"default-src 'none'",
		`img-src data:${remote ? ' https: http:' : ''}`,
		"style-src 'unsafe-inline'",
		"base-uri 'none'",
		"form-action 'none'",
	].join('; ');
	return [
		'<!doctype html><html dir="auto"><head><meta charset="utf-8">',
		`<meta http-equiv="Content-Security-Policy" content="${policy}">`,
		'<meta name="referrer" content="no-referrer">',
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		`<style>${style}</style></head><body>`,
		fragment,
		'</body></html>',
	].join('');
}

/** Like a letter on white paper: mails choose their colours for it. */
const style = [
	':root{color-scheme:light}',
	'body{margin:12px;background:#fff;color:#1e1e1e;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}',
	'img{max-width:100%;height:auto}',
	'table{max-width:100%}',
	'pre{white-space:pre-wrap}',
	'blockquote{margin:0 0 0 4px;padding-inline-start:12px;border-inline-start:2px solid #c3c4c7}',
	'details.quoted{margin-block:12px}',
	'details.quoted>summary{cursor:pointer;color:#2271b1}',
].join('');
