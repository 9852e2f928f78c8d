/** What a template mail leaves open. */
export interface Placeholders {
	/** The envelope return address of the delivery (VERP), such as "return+b.12.345.0123456789abcdef@example.org". */
	'return-address': string;
	/** The address the delivery went to; `{{recipient-local}}` and `{{recipient-domain}}` are its halves. */
	recipient: string;
	/** The delivery's Message-ID, without angle brackets. */
	'message-id': string;
}

/** Fills in a template mail's `{{…}}`. Works on bytes: most mails are in a charset of their own and must stay so.
 *  @returns a copy; the same bytes when the mail is no template.
 *  @throws RangeError for a placeholder that nobody knows, so that a misspelt one can't slip through. */
export function fillIn(eml: Buffer, values: Placeholders): Buffer {
	const [local = '', domain = ''] = values.recipient.split('@');
	const known: Record<string, string> = {
		...values,
		'recipient-local': local,
		'recipient-domain': domain,
	};
	const filled = eml.toString('latin1').replace(/\{\{([a-z-]+)\}\}/g, (whole, name: string) => {
		const value = known[name];
		if (value === undefined) throw new RangeError(`Nobody knows the placeholder ${whole}.`);
		return Buffer.from(value).toString('latin1');
	});
	return Buffer.from(filled, 'latin1');
}
