import type { Allocate } from './part-decoder.ts';

/** A part of a mail (RFC 2045, 2046): a leaf with a body, or a multipart with children. `message/rfc822` is a leaf. */
export interface MailPart {
	/** "text/plain", lower case; the default when the part says none. */
	type: string;
	/** Raw Content-Type value. */
	contentType: string;
	/** Raw header fields. */
	fields: readonly (readonly [name: string, value: string])[];
	children: MailPart[];
	/** Of a leaf. Of a multipart: what stands before its first part. */
	body: PartBody;
}

/** What a part holds. */
export type PartBody =
	/** As the mail has it, still encoded. */
	| { is: 'held'; bytes: Buffer; isWhole: boolean }
	/** Decoded; cut out of the skeleton. */
	| { is: 'decoded'; bytes: Buffer; sha256: string; isWhole: boolean }
	/** It was handed over in pieces while it came in; `beginning` is kept, decoded, too: of texts, and of what is to be opened. */
	| { is: 'streamed'; beginning: Buffer; sizeBytes: number; sha256: string; isWhole: boolean };

/** How a mail is taken apart. */
export interface SplitOptions {
	/** Bodies up to this size are kept as they are; bigger ones are decoded and handed over in pieces. */
	holdBytes: number;
	/** Where decoded attachments go; memory of their own when left out. */
	allocate?: Allocate;
	/** Is given the decoded bytes of big bodies while they come in. */
	onPiece?: (part: MailPart, bytes: Buffer) => void;
}

/** The first field of that name among raw fields.
 *  @param name lower case */
export function fieldOf(fields: MailPart['fields'], name: string): string | undefined {
	for (const [field, value] of fields) {
		if (field.length === name.length && field.toLowerCase() === name) return value;
	}
	return undefined;
}
