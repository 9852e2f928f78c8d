import type { ShippedReason } from '../shipped-reason.ts';

export const contentRefused: ShippedReason = {
	name: 'content-refused',
	label: 'Content not supported',
	type: 'Syntax',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'The server can’t take this kind of content: its encoding, character set or structure. Try a plain text version.',
	says: [
		'content-related',

		'(media|media type|content|charset|character set|content type|encoding|content-type|body part|content encoding|character encoding|message encoding) (error|not supported|unsupported|is not|not acceptable|unacceptable|not allowed|not understood|unknown)',
		'(unsupported|unknown|unacceptable|unrecognized) (media|charset|character set|content*type|encoding|content|content-transfer*|body type|mime type)',
		"(message content|content) (could not|cannot|can't) be (converted|processed|parsed|decoded|scanned|read|delivered)",
		'(too many (mime|attachments|parts|nested)|nested too deep|message nesting|mime nesting|nesting level)',
		'(encrypted|password protected|password-protected|unscannable|unparsable|corrupt*) (attachment|archive|file|message|content|zip|mime)',
		'(message|mail|email) (is |)(corrupt*|empty|has no (body|content|subject)|without (body|content|subject))',
	],
};
