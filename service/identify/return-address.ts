import { randomBytes, timingSafeEqual } from 'node:crypto';
import { separators } from '../contract/account.ts';
import type { Separator } from '../contract/account.ts';

/** The letters follow CiviCRM, so that a mailing sent before a migration can still bounce after it. */
export const purposes = {
	b: 'bounce',
	r: 'reply',
	u: 'unsubscribe',
	o: 'opt-out',
	e: 'resubscribe',
	c: 'confirm',
	s: 'subscribe',
} as const;

export type PurposeLetter = keyof typeof purposes;
export type Purpose = (typeof purposes)[PurposeLetter];

/** A variable envelope return path (VERP): `{localpart}{action}.{job}.{queue}.{hash}@{domain}`. */
export interface ReturnAddress {
	action: PurposeLetter;
	job: number;
	/** The delivery's number. */
	queue: number;
	/** 16 hexadecimal digits, lower case. */
	hash: string;
}

/** What of an account shapes its return addresses. */
export interface ReturnAddressing {
	/** "return+", "bounce-", or "" for a catch-all. */
	localPart: string;
	/** Lower case. */
	emailDomain: string;
	/** Between the fields; a full stop as documented. */
	separator?: Separator;
}

/** RFC 5321 §4.5.3.1.1. */
const longestLocalPart = 64;

/** Writes the return address of a delivery.
 *  @throws RangeError when the local part would be longer than the 64 octets that RFC 5321 §4.5.3.1.1 allows. */
export function formatReturnAddress(address: ReturnAddress, addressing: ReturnAddressing): string {
	const { action, job, queue, hash } = address;
	const localPart =
		addressing.localPart + [action, job, queue, hash].join(addressing.separator ?? '.');
	if (localPart.length > longestLocalPart) {
		throw new RangeError(
			`The return address ${localPart}@… is longer than ${longestLocalPart} octets before the @.`,
		);
	}
	return `${localPart}@${addressing.emailDomain}`;
}

/** A hash nobody can guess: 64 random bits. */
export function newReturnHash(): string {
	return randomBytes(8).toString('hex');
}

/** Whether two hashes are the same, in a time that tells nothing about where they differ. */
export function isSameHash(given: string, expected: string): boolean {
	const a = Buffer.from(given.toLowerCase());
	const b = Buffer.from(expected.toLowerCase());
	return a.length === b.length && timingSafeEqual(a, b);
}

/** Finds return addresses anywhere in a text: bare, in angle brackets, in any case (servers change it), with whichever
 *  separator they were sent. Reads linearly.
 *  @returns a function from text to the addresses in it, in their order, each once. */
export function returnAddressFinder({
	localPart,
	emailDomain,
}: ReturnAddressing): (text: string) => ReturnAddress[] {
	const anySeparator = `([${separators.map(literally).join('')}])`;
	const pattern = new RegExp(
		`(?<![A-Za-z0-9._%+-])${literally(localPart)}([${Object.keys(purposes).join('')}])${anySeparator}(\\d{1,15})\\2(\\d{1,15})\\2([0-9a-f]{16})@${literally(emailDomain)}(?![A-Za-z0-9-]|\\.[A-Za-z0-9])`,
		'gi',
	);
	const hint = `@${emailDomain.toLowerCase()}`;

	return (text) => {
		if (!text.toLowerCase().includes(hint)) return [];

		const found = new Map<string, ReturnAddress>();
		for (const [whole, action, , job, queue, hash] of text.matchAll(pattern)) {
			found.set(whole.toLowerCase(), {
				action: action!.toLowerCase() as PurposeLetter,
				job: Number(job),
				queue: Number(queue),
				hash: hash!.toLowerCase(),
			});
		}
		return [...found.values()];
	};
}

function literally(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
