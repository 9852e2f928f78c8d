/** A delivery status notification as Postfix writes it, with everything that a test is not about supplied. */
export interface BounceParts {
	/** Where it came back to; empty for none. */
	returnAddress?: string;
	recipient?: string;
	status?: string;
	diagnostic?: string;
	action?: string;
	/** Of the report itself. */
	messageId?: string;
	/** Header lines of the returned message. */
	original?: string[];
}

let count = 0;

export function aBounce({
	returnAddress = '',
	recipient = 'anna@dest.example',
	status = '5.1.1',
	diagnostic = '550 5.1.1 <anna@dest.example>: Recipient address rejected: User unknown',
	action = 'failed',
	messageId = `${(count += 1)}.report@mx.example.org`,
	original = [],
}: BounceParts): Buffer {
	return Buffer.from(
		[
			'Return-Path: <>',
			...(returnAddress ? [`Delivered-To: ${returnAddress}`] : []),
			'Date: Tue, 5 May 2026 10:00:00 +0000 (UTC)',
			'From: MAILER-DAEMON@mx.example.org (Mail Delivery System)',
			'Subject: Undelivered Mail Returned to Sender',
			`To: ${returnAddress || 'postmaster@example.org'}`,
			'Auto-Submitted: auto-replied',
			'MIME-Version: 1.0',
			'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
			`Message-Id: <${messageId}>`,
			'',
			'--b1',
			'Content-Type: text/plain; charset=us-ascii',
			'',
			'This is the mail system at host mx.example.org.',
			'',
			`<${recipient}>: host mail.dest.example[192.0.2.1] said: ${diagnostic} (in reply to RCPT TO command)`,
			'',
			'--b1',
			'Content-Type: message/delivery-status',
			'',
			'Reporting-MTA: dns; mx.example.org',
			'',
			`Final-Recipient: rfc822; ${recipient}`,
			`Action: ${action}`,
			`Status: ${status}`,
			'Remote-MTA: dns; mail.dest.example',
			`Diagnostic-Code: smtp; ${diagnostic}`,
			'',
			'--b1',
			'Content-Type: text/rfc822-headers',
			'',
			'From: Example Trust <news@example.org>',
			`To: ${recipient}`,
			'Subject: News',
			...original,
			'',
			'--b1--',
			'',
		].join('\n'),
	);
}

/** What a person writes: no bounce at all. */
export function aLetter(subject = 'Lunch on Friday'): Buffer {
	return Buffer.from(
		[
			'From: Carla Costa <carla@dest.example>',
			'To: office@example.org',
			`Subject: ${subject}`,
			`Message-ID: <${(count += 1)}.letter@dest.example>`,
			'Date: Tue, 5 May 2026 10:00:00 +0000',
			'',
			'Dear all, shall we meet at noon? Carla',
			'',
		].join('\n'),
	);
}
