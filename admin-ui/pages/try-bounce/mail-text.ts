/** The most that the service takes, in characters. */
const longestMail = 900_000;

/** What of a pasted or chosen text is sent: empty lines before the header are taken away, and what is too long is cut off
 *  at the end, where a bounce has the returned copy. */
export function mailIn(text: string): { text: string; isCut: boolean } {
	const mail = text.replace(/^\uFEFF?(?:[ \t]*\r?\n)+/, '');
	return { text: mail.slice(0, longestMail), isCut: mail.length > longestMail };
}
