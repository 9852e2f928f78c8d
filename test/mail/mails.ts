import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BounceTypeName, Fault, MailKind } from '../../service/contract/bounce.ts';
import { fillIn } from './fill-in.ts';
import type { Placeholders } from './fill-in.ts';

/** What a mail says about one recipient; the README beside this file explains the words. */
export interface ExpectedRecipient {
	/** null when the mail names nobody. */
	email: string | null;
	emailOk?: (string | null)[];
	type: BounceTypeName;
	typeOk?: BounceTypeName[];
	reason?: string;
	fault: Fault;
	faultOk?: Fault[];
	status?: string;
}

export interface Expected {
	kind: MailKind;
	isTemplate?: boolean;
	recipients: ExpectedRecipient[];
	/** An acknowledgement: that nobody is absent is right as well. */
	orNobody?: boolean;
	newAddress?: string;
	note: string;
}

export interface SampleMail {
	/** "bounces/postfix-user-unknown". */
	name: string;
	/** The mail as the server sends it, filled in. */
	bytes: Buffer;
	expected: Expected;
}

/** Folders of mails, in the order of the README. */
export const mailFolders = ['bounces', 'auto-replies', 'ordinary'] as const;

/** For tests that don't care whose mail it is. */
export const usualPlaceholders: Placeholders = {
	'return-address': 'return+b.12.345.0123456789abcdef@example.org',
	recipient: 'anna.berg@mail.example',
	'message-id': '20261102.090000.345@lindenhof.example',
};

/** Reads one mail and what is expected of it.
 *  @param name such as "bounces/postfix-user-unknown".
 *  @param values what its placeholders become, in the mail and in the expectation alike. */
export function readMail(name: string, values = usualPlaceholders): SampleMail {
	const file = join(import.meta.dirname, name);
	return {
		name,
		bytes: fillIn(readFileSync(`${file}.eml`), values),
		expected: JSON.parse(fillIn(readFileSync(`${file}.json`), values).toString()) as Expected,
	};
}

/** The names of a folder's mails, sorted. */
export function namesIn(folder: (typeof mailFolders)[number]): string[] {
	return readdirSync(join(import.meta.dirname, folder))
		.filter((file) => file.endsWith('.eml'))
		.map((file) => `${folder}/${file.slice(0, -'.eml'.length)}`)
		.sort();
}
