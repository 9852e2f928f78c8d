import type { MailKind } from '../contract/bounce.ts';
import type { Message } from '../messages/message.ts';
import type { MailFile } from '../messages/mail-content.ts';
import type { NamedParty } from '../messages/mail-parties.ts';
import type { Skeleton } from '../messages/skeleton.ts';

/** A mail that came in to be filed: understood, and nothing decided yet. */
export interface IncomingMail {
	message: Message;
	fingerprint: string;
	kind: MailKind;
	/** Lower case, without angle brackets. */
	messageId: string | null;
	/** Message-IDs of In-Reply-To and References, lower case, each once. */
	references: string[];
	/** When it was written, or got. */
	occurredAt: Date;
	/** All whom it names, an address as often as it is named; of a forwarded mail those of the mail inside, if the account
	 *  wants that. */
	parties: NamedParty[];
	/** What was done to get at the parties, for the sentence. */
	isForwarded: boolean;
	text: string;
	html: string | null;
	files: FiledFile[];
	/** "#12" of [case #12]. */
	token: string | null;
	/** Why it is a mail of our own or goes in a circle; null when it does neither. */
	loop: Loop | null;
	/** What could not be read or was not kept, in words. */
	damage: string[];
	/** Only part of it was read. */
	isTruncated: boolean;
	sizeBytes: number;
	skeleton: Skeleton;
	/** Contents of files and of what was cut out, by SHA-256, unless they were put away while the mail came in. */
	contents: ReadonlyMap<string, Buffer>;
}

export interface Loop {
	ignoredBecause: 'own-mail' | 'loop';
	because: string;
}

/** A file of a mail, and whether it is kept. */
export interface FiledFile extends Omit<MailFile, 'bytes' | 'part' | 'isWhole'> {
	/** Why it is not kept; null when it is. */
	problem: string | null;
}
