import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { nameOf } from '../../service/messages/mbox-format.ts';

/** An mbox written and read by rules of its own: every mail of a test has the same sender in its From_ line. */
export interface MboxOnDisk {
	path: string;
	/** Appends mails as a delivering server does, and makes the file when it is missing. */
	deliver(...mails: Buffer[]): void;
	/** Bytes of its mails; none when the file is not there. */
	mails(): Buffer[];
	/** The same with the names that the reader gives them; no two are equal here. */
	named(): Map<string, Buffer>;
	exists(): boolean;
	empty(): void;
}

let delivered = 0;
const ourSender = 'From rc-test@example.org ';

export function mboxOnDisk(path: string): MboxOnDisk {
	const parts = (): { line: string; mail: Buffer }[] => {
		const text = existsSync(path) ? readFileSync(path, 'latin1') : '';
		return text
			.split(ourSender)
			.slice(1)
			.map((part) => {
				const lineEnd = part.indexOf('\n') + 1;
				const contentEnd = part.endsWith('\n') ? part.length - 1 : part.length;
				return {
					line: ourSender + part.slice(0, lineEnd),
					mail: Buffer.from(part.slice(lineEnd, contentEnd), 'latin1'),
				};
			});
	};
	return {
		path,
		deliver(...mails) {
			for (const mail of mails) {
				const end = mail.length === 0 || mail.at(-1) === 10 ? '' : '\n';
				appendFileSync(path, Buffer.concat([nextFromLine(), mail, Buffer.from(`${end}\n`)]));
			}
		},
		mails: () => parts().map(({ mail }) => mail),
		named: () =>
			new Map(
				parts().map(({ line, mail }) => [nameOf(Buffer.concat([Buffer.from(line), mail])), mail]),
			),
		exists: () => existsSync(path),
		empty: () => writeFileSync(path, ''),
	};
}

function nextFromLine(): Buffer {
	delivered++;
	const at = new Date(Date.UTC(2026, 10, 21) + delivered * 1000);
	const [weekday, day, month, year, time] = at.toUTCString().replace(',', '').split(' ');
	return Buffer.from(`From rc-test@example.org ${weekday} ${month} ${day} ${time} ${year}\n`);
}
