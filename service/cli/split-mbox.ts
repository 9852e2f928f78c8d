/** A line that begins a mail in an mbox file: "From sender Thu Apr 29 23:34:45 2027". */
const fromLine =
	/^From \S{1,320} {1,4}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} \d\d:\d\d/;

/** The mails in an mbox file, without their From_ lines; a file that does not begin with one is a single mail. A From_
 *  line counts after an empty line only: bounces return copies with such a line in them. */
export function splitMbox(bytes: Buffer): Buffer[] {
	const text = bytes.toString('latin1');
	if (!fromLine.test(text.slice(0, 500))) return [bytes];

	const starts = [0];
	const marker = /\r?\n\r?\n(?=From \S)/g;
	for (const match of text.matchAll(marker)) {
		const at = match.index + match[0].length;
		if (fromLine.test(text.slice(at, at + 500))) starts.push(at);
	}
	return starts.map((start, i) => {
		const body = text.indexOf('\n', start) + 1;
		return bytes.subarray(body, starts[i + 1] ?? bytes.length);
	});
}

/** A single mail without the From_ line that it was saved with. */
export function withoutFromLine(bytes: Buffer): Buffer {
	return fromLine.test(bytes.toString('latin1', 0, 500))
		? bytes.subarray(bytes.indexOf(10) + 1)
		: bytes;
}
