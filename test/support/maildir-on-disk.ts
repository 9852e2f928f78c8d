import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A Maildir looked at and written to directly, past every server. */
export interface MaildirOnDisk {
	path: string;
	/** Puts mails into new, oldest first, and makes the Maildir when it is missing. */
	deliver(...mails: Buffer[]): void;
	/** Bytes of the mails in new and cur; none when the Maildir is not there. */
	mails(): Buffer[];
	/** Their unique names, oldest first. */
	names(): string[];
	/** Gives the nth mail (oldest is 0) a flag of the Maildir: T for deleted. */
	mark(n: number, flag: string): void;
	/** How many have the flag S. */
	markedRead(): number;
	exists(): boolean;
	empty(): void;
}

let delivered = 0;

export function maildirOnDisk(path: string): MaildirOnDisk {
	const files = (): string[] =>
		['new', 'cur']
			.map((part) => join(path, part))
			.filter((part) => existsSync(part))
			.flatMap((part) => readdirSync(part).map((file) => join(part, file)));
	return {
		path,
		deliver(...mails) {
			for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(path, part), { recursive: true });
			for (const mail of mails) writeFileSync(join(path, 'new', nextName()), mail);
		},
		mails: () => files().map((file) => readFileSync(file)),
		names: () =>
			files()
				.map((file) => basename(file).split(':')[0]!)
				.sort(),
		mark(n, flag) {
			const file = files().sort((a, b) => (basename(a) < basename(b) ? -1 : 1))[n]!;
			renameSync(file, join(path, 'cur', `${basename(file).split(':')[0]}:2,${flag}`));
		},
		markedRead: () => files().filter((file) => /:2,[A-Z]*S/.test(file)).length,
		exists: () => existsSync(join(path, 'cur')),
		empty: () => files().forEach((file) => rmSync(file)),
	};
}

/** Later mails sort later, as a delivering server would name them. */
function nextName(): string {
	delivered++;
	const seconds = 1_780_000_000 + Math.floor(delivered / 1_000);
	return `${seconds}.M${String(delivered).padStart(6, '0')}P1.test`;
}
