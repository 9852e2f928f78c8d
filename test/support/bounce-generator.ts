/** Invented bounces in the manner of common mail servers, as many as wanted and the same every time. For
 *  benchmarks and crash tests; what bounces really say is tested with the mails in test/mail. */

/** One invented bounce of 2 to 8 KB, lines ending in LF as a Maildir has them.
 *  @param n which one: counts up from 0, and picks style, cause and date
 *  @param returnAddress the VERP address it came back to; also in the returned headers
 *  @param recipient the address that failed
 *  @param seed another seed gives another choice of styles, causes and lengths for the same numbers */
export function generateBounce(
	n: number,
	returnAddress: string,
	recipient: string,
	seed: number,
): Buffer {
	const random = randomNumbers(seed * 1_000_003 + n);
	const bounce: Bounce = {
		n,
		returnAddress,
		recipient,
		host: recipient.slice(recipient.indexOf('@') + 1),
		cause: pick(causes, random),
		date: new Date(firstDate + n * 61_000),
		id: Math.floor(random() * 2 ** 40)
			.toString(36)
			.toUpperCase(),
		random,
	};
	const style = pick(styles, random);
	return Buffer.from(
		[
			`Return-Path: <>`,
			`Delivered-To: ${returnAddress}`,
			`Received: from ${style.server(bounce)} (${style.server(bounce)} [192.0.2.${(n % 250) + 1}])`,
			`\tby mx.example.org (Postfix) with ESMTPS id ${bounce.id}`,
			`\tfor <${returnAddress}>; ${dateLine(bounce.date)}`,
			`Date: ${dateLine(bounce.date)}`,
			`To: ${style.bracketsTo ? `<${returnAddress}>` : returnAddress}`,
			`MIME-Version: 1.0`,
			...style.lines(bounce),
			'',
		].join('\n'),
	);
}

interface Bounce {
	n: number;
	returnAddress: string;
	recipient: string;
	host: string;
	cause: Cause;
	date: Date;
	id: string;
	random: () => number;
}

interface Cause {
	replyCode: number;
	status: string;
	says: string;
}

/** Reply codes (RFC 5321) and enhanced status codes (RFC 3463) with words of our own beside them. */
const causes: readonly Cause[] = [
	{ replyCode: 550, status: '5.1.1', says: 'User unknown' },
	{ replyCode: 550, status: '5.1.1', says: 'No such mailbox here' },
	{ replyCode: 550, status: '5.1.10', says: 'Recipient not found' },
	{ replyCode: 552, status: '5.2.2', says: 'Mailbox full' },
	{ replyCode: 452, status: '4.2.2', says: 'Over quota' },
	{ replyCode: 550, status: '5.2.1', says: 'This mailbox is disabled' },
	{ replyCode: 550, status: '5.4.4', says: 'Host or domain name not found' },
	{ replyCode: 554, status: '5.7.1', says: 'Message refused as spam' },
	{ replyCode: 550, status: '5.7.26', says: 'Sender not authenticated' },
	{ replyCode: 451, status: '4.4.1', says: 'Connection timed out' },
];

interface Style {
	bracketsTo?: boolean;
	server(bounce: Bounce): string;
	lines(bounce: Bounce): string[];
}

const postfix: Style = {
	server: ({ host }) => `relay1.${host}`,
	lines: (bounce) =>
		report(bounce, {
			from: `MAILER-DAEMON@relay1.${bounce.host} (Mail Delivery System)`,
			subject: 'Undelivered Mail Returned to Sender',
			text: [
				`This is the mail system at host relay1.${bounce.host}.`,
				'',
				'Your message could not be delivered to one or more recipients.',
				'It is attached below.',
				'',
				`<${bounce.recipient}>: host mx.${bounce.host}[198.51.100.7] said:`,
				`    ${diagnostic(bounce)} (in reply to RCPT TO command)`,
			],
			statusFields: [
				`Reporting-MTA: dns; relay1.${bounce.host}`,
				`X-Postfix-Queue-ID: ${bounce.id}`,
				`X-Postfix-Sender: rfc822; ${bounce.returnAddress}`,
				'',
				`Final-Recipient: rfc822; ${bounce.recipient}`,
				`Original-Recipient: rfc822;${bounce.recipient}`,
				'Action: failed',
				`Status: ${bounce.cause.status}`,
				`Remote-MTA: dns; mx.${bounce.host}`,
				`Diagnostic-Code: smtp; ${diagnostic(bounce)}`,
			],
			returns: 'message/rfc822',
		}),
};

const sendmail: Style = {
	bracketsTo: true,
	server: ({ host }) => `mail.${host}`,
	lines: (bounce) =>
		report(bounce, {
			from: `Mail Delivery Subsystem <MAILER-DAEMON@mail.${bounce.host}>`,
			subject: 'Returned mail: see transcript for details',
			text: [
				`The original message was received at ${dateLine(bounce.date)}`,
				'',
				'   ----- The following addresses had permanent fatal errors -----',
				`<${bounce.recipient}>`,
				`    (reason: ${diagnostic(bounce)})`,
				'',
				'   ----- Transcript of session follows -----',
				`... while talking to mx.${bounce.host}.:`,
				'>>> DATA',
				`<<< ${diagnostic(bounce)}`,
			],
			statusFields: [
				`Reporting-MTA: dns; mail.${bounce.host}`,
				'Received-From-MTA: DNS; mail.example.org',
				'',
				`Final-Recipient: RFC822; ${bounce.recipient}`,
				'Action: failed',
				`Status: ${bounce.cause.status}`,
				`Remote-MTA: DNS; mx.${bounce.host}`,
				`Diagnostic-Code: SMTP; ${diagnostic(bounce)}`,
			],
			returns: 'text/rfc822-headers',
		}),
};

const exchange: Style = {
	server: ({ host }) => `hub01.${host}`,
	lines: (bounce) =>
		report(bounce, {
			from: `postmaster@${bounce.host}`,
			subject: `Undeliverable: ${subjectOf(bounce)}`,
			text: [
				'Delivery has failed to these recipients or groups:',
				'',
				bounce.recipient,
				`The message could not be delivered. ${bounce.cause.says}.`,
				'',
				'Diagnostic information for administrators:',
				`Generating server: hub01.${bounce.host}`,
				`${bounce.recipient}`,
				`Remote Server returned '${diagnostic(bounce)}'`,
			],
			statusFields: [
				`Reporting-MTA: dns;hub01.${bounce.host}`,
				`Received-From-MTA: dns;mail.example.org`,
				'',
				`Final-Recipient: rfc822;${bounce.recipient}`,
				'Action: failed',
				`Status: ${bounce.cause.status}`,
				`Diagnostic-Code: smtp;${diagnostic(bounce)}`,
			],
			returns: 'message/rfc822',
		}),
};

const gmail: Style = {
	server: () => 'mail-qk1-f000.relay.example.net',
	lines: (bounce) =>
		report(bounce, {
			from: 'Mail Delivery Subsystem <mailer-daemon@relay.example.net>',
			subject: 'Delivery Status Notification (Failure)',
			more: [`X-Failed-Recipients: ${bounce.recipient}`, 'Auto-Submitted: auto-replied'],
			text: [
				'** Message not delivered **',
				'',
				`Your message was not delivered to ${bounce.recipient}.`,
				'The response was:',
				diagnostic(bounce),
			],
			statusFields: [
				'Reporting-MTA: dns; relay.example.net',
				`Arrival-Date: ${dateLine(bounce.date)}`,
				'',
				`Final-Recipient: rfc822; ${bounce.recipient}`,
				'Action: failed',
				`Status: ${bounce.cause.status}`,
				`Remote-MTA: dns; mx.${bounce.host}. (198.51.100.9)`,
				`Diagnostic-Code: smtp; ${diagnostic(bounce)}`,
				`Last-Attempt-Date: ${dateLine(bounce.date)}`,
			],
			returns: 'text/rfc822-headers',
		}),
};

/** Exim may leave the report part out and writes everything into one text. */
const exim: Style = {
	server: ({ host }) => `smtp.${host}`,
	lines: (bounce) => [
		`From: Mail Delivery System <Mailer-Daemon@smtp.${bounce.host}>`,
		'Subject: Mail delivery failed: returning message to sender',
		`Message-Id: <E${bounce.id}-000${bounce.n % 10}@smtp.${bounce.host}>`,
		`X-Failed-Recipients: ${bounce.recipient}`,
		'Auto-Submitted: auto-replied',
		'Content-Type: text/plain; charset=us-ascii',
		'',
		'This message was created automatically by mail delivery software.',
		'',
		'A message that you sent could not be delivered to one or more of its',
		'recipients. The following address(es) failed:',
		'',
		`  ${bounce.recipient}`,
		`    host mx.${bounce.host} [198.51.100.11]`,
		`    SMTP error from remote mail server after RCPT TO:<${bounce.recipient}>:`,
		`    ${diagnostic(bounce)}`,
		'',
		'------ This is a copy of the message, including all the headers. ------',
		'',
		...returnedMail(bounce),
	],
};

const qmail: Style = {
	server: ({ host }) => `qmail.${host}`,
	lines: (bounce) => [
		`From: MAILER-DAEMON@qmail.${bounce.host}`,
		'Subject: failure notice',
		`Message-Id: <${bounce.id}.qmail@qmail.${bounce.host}>`,
		'',
		`Hi. This is the qmail-send program at qmail.${bounce.host}.`,
		`I'm afraid I wasn't able to deliver your message to the following addresses.`,
		`This is a permanent error; I've given up. Sorry it didn't work out.`,
		'',
		`<${bounce.recipient}>:`,
		`198.51.100.12 does not like recipient.`,
		`Remote host said: ${diagnostic(bounce)}`,
		'Giving up on 198.51.100.12.',
		'',
		'--- Below this line is a copy of the message.',
		'',
		...returnedMail(bounce),
	],
};

const styles: readonly Style[] = [postfix, postfix, exchange, gmail, sendmail, exim, qmail];

interface Report {
	from: string;
	subject: string;
	more?: string[];
	text: string[];
	statusFields: string[];
	returns: 'message/rfc822' | 'text/rfc822-headers';
}

/** A multipart/report (RFC 6522) with its three parts. */
function report(
	bounce: Bounce,
	{ from, subject, more, text, statusFields, returns }: Report,
): string[] {
	const boundary = `=_${bounce.id}/relay`;
	return [
		`From: ${from}`,
		`Subject: ${subject}`,
		`Message-Id: <${bounce.id}.${bounce.n}@relay.${bounce.host}>`,
		...(more ?? ['Auto-Submitted: auto-replied']),
		'Content-Type: multipart/report; report-type=delivery-status;',
		`\tboundary="${boundary}"`,
		'',
		'This is a MIME-encapsulated message.',
		'',
		`--${boundary}`,
		'Content-Description: Notification',
		'Content-Type: text/plain; charset=us-ascii',
		'',
		...text,
		'',
		`--${boundary}`,
		'Content-Description: Delivery report',
		'Content-Type: message/delivery-status',
		'',
		...statusFields,
		'',
		`--${boundary}`,
		`Content-Type: ${returns}`,
		'',
		...(returns === 'message/rfc822' ? returnedMail(bounce) : returnedHeaders(bounce)),
		'',
		`--${boundary}--`,
	];
}

function returnedHeaders({ n, returnAddress, recipient, date, random, id }: Bounce): string[] {
	const signature = Array.from(
		{ length: 5 + Math.floor(random() * 10) },
		() =>
			`\t${Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 50).toString(36)).join('')}`,
	);
	return [
		`Return-Path: <${returnAddress}>`,
		'Received: from mail.example.org (mail.example.org [192.0.2.10])',
		`\tby relay.example.org (Postfix) with ESMTP id ${id}0`,
		`\tfor <${recipient}>; ${dateLine(date)}`,
		'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=m1;',
		'\th=from:to:subject:date:message-id:list-unsubscribe; b=',
		...signature,
		`Date: ${dateLine(date)}`,
		'From: Example Association <news@example.org>',
		`To: ${recipient}`,
		`Subject: ${subjectOf({ n })}`,
		`Message-ID: <${n}.${id.toLowerCase()}@example.org>`,
		`List-Unsubscribe: <https://example.org/leave/${n}>`,
		'MIME-Version: 1.0',
		'Content-Type: text/plain; charset=utf-8',
	];
}

function returnedMail(bounce: Bounce): string[] {
	const lines = 6 + Math.floor(bounce.random() * 55);
	return [
		...returnedHeaders(bounce),
		'',
		'Dear friends of the association,',
		'',
		...Array.from({ length: lines }, () => pick(sentences, bounce.random)),
	];
}

const sentences = [
	'The summer party takes place on the meadow behind the old school this year.',
	'We are looking for ten people who help with the tents on Friday afternoon.',
	'Members pay nothing; guests put what they like into the red box at the gate.',
	'The choir rehearses every Tuesday, and the next concert is in the town hall.',
	'',
	'Last month the new library opened, and 340 children have a card already.',
	'Please answer until the end of the month, so that we can order enough bread.',
];

function subjectOf({ n }: { n: number }): string {
	return `News of the association, number ${(n % 12) + 1}`;
}

function diagnostic({ cause, recipient }: Bounce): string {
	return `${cause.replyCode} ${cause.status} <${recipient}>: ${cause.says}`;
}

const firstDate = Date.UTC(2026, 0, 5, 8);

function dateLine(date: Date): string {
	return date.toUTCString().replace('GMT', '+0000');
}

function pick<T>(from: readonly T[], random: () => number): T {
	return from[Math.floor(random() * from.length)]!;
}

/** Numbers in [0, 1) that a seed decides: a linear congruential generator with the constants of
 *  Numerical Recipes, stirred so that neighbouring seeds differ from the first number on. */
function randomNumbers(seed: number): () => number {
	let state = Math.imul(seed ^ (seed >>> 15), 2_246_822_519) >>> 0;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32;
	};
}
