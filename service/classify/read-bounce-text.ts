import { addressesIn, firstAddressIn } from '../messages/addresses.ts';
import { readDeliveryReport } from '../messages/delivery-report.ts';
import type { Message } from '../messages/message.ts';
import { announced } from './announcements.ts';
import type { Reading } from './classify.ts';
import { readEntries } from './entries.ts';
import type { Fate } from './fate.ts';
import { unfold } from './fate.ts';
import { readServerFormat } from './server-formats/index.ts';

/** Senders that are programs of mail servers. */
const machineSender =
	/^(?:mailer-?daemon|mail-?daemon|mdaemon|postmaster|postmast|mail-?delivery|delivery|mailerdaemon|bounces?|mail[-_.]?system|system|smtp|imss|ndr|mailsweeper|mail-?admin|mailmarshal|listserv|autoanswer)(?:[+._-][^@]*)?@/i;
const machineName =
	/mail(?:er)?[ -]?(?:delivery|daemon)|delivery (?:sub)?system|system administrator|postmaster|mail system|mail administrator|jetmail|internet mail (?:connector|service)|mail transport|lsmtp|lotus|domino|groupwise|microsoft exchange|mail router/i;

/** Reads a bounce that has no RFC 3464 fields, from what its server writes to people; undefined when the mail is none. */
export function readBounceText(message: Message): Reading | undefined {
	const known = readServerFormat(message);
	if (known) return known;
	const sign = signOf(message);
	if (!sign) return undefined;

	const words = `${message.subject}\n${message.text}`;
	const count = announced(words);
	const isMachine = sign !== 'words';
	if (count.failed + count.delayed === 0 && !isMachine) return undefined;

	const fates = fatesIn(message);
	if (!isMachine && fates.length === 0) return undefined;
	if (count.failed + count.delayed === 0 && fates.length === 0) return undefined;
	const isDelay = count.delayed > 0 && count['given-up'] === 0 && count.delayed >= count.failed;
	return { kind: isDelay ? 'delayed' : 'bounce', fates, decidedBy: sign };
}

/** What makes us look for a bounce at all: who sent it, or a header that only servers write. */
function signOf(message: Message): string | undefined {
	const { headers } = message;
	if (headers.has('X-Failed-Recipients')) return 'header X-Failed-Recipients';
	const from = headers.get('From') ?? '';
	if (message.from && machineSender.test(message.from)) return 'sender';
	if (
		machineName.test(from) ||
		/^\s*(?:.{0,60})?<>\s*$/.test(from) ||
		/^\s*mailer-daemon\b/i.test(from)
	)
		return 'sender';
	const returnPath = headers.get('Return-Path')?.trim();
	if (returnPath === '<>' || /^<?mailer-daemon/i.test(returnPath ?? '')) return 'empty return path';
	if (/multipart\/report/i.test(headers.get('Content-Type') ?? '')) return 'multipart/report';
	return 'words';
}

function fatesIn(message: Message): Fate[] {
	const inline = inlineReport(message);
	if (inline.length > 0) return inline;

	const notThese = ownAddresses(message);
	const entries = readEntries(message.text, notThese);
	const failed = failedRecipients(message);
	const whole = () => message.text;
	if (failed.length > 0) {
		return failed.map((recipient) => {
			const entry = entries.find(
				(fate) => fate.recipient?.toLowerCase() === recipient.toLowerCase(),
			);
			return (
				entry ?? { recipient, diagnostic: wordsAfterAnnouncement(message.text), context: whole }
			);
		});
	}
	if (entries.length > 0) return entries;
	const original = originalRecipients(message);
	if (original.length === 1)
		return [{ recipient: original[0]!, diagnostic: unfold(message.text), context: whole }];
	return [];
}

/** RFC 3464 fields that a server wrote into the text instead of a part of their own. */
function inlineReport(message: Message): Fate[] {
	const at = message.text.search(
		/^[ \t]{0,8}(?:Final-Recipient|Original-Recipient|Reporting-MTA)[ \t]{0,3}:/im,
	);
	if (at < 0) return [];
	const report = readDeliveryReport(message.text.slice(at));
	return (report?.recipients ?? []).flatMap(
		({ finalRecipient, originalRecipient, status, diagnosticCode, action }) => {
			const recipient = firstAddressIn(originalRecipient) ?? firstAddressIn(finalRecipient);
			if (!recipient) return [];
			return [
				{
					recipient,
					...(action ? { action } : {}),
					...(status ? { status } : {}),
					...(diagnosticCode ? { diagnostic: unfold(diagnosticCode) } : {}),
					context: () => message.text,
				},
			];
		},
	);
}

function failedRecipients(message: Message): string[] {
	const values = message.headers.all('X-Failed-Recipients').join(', ');
	return [...new Set(addressesIn(values, 1_000))];
}

/** Our own address and the reporter's: named in every bounce, failed in none. */
function ownAddresses(message: Message): Set<string> {
	const { headers, originalHeaders } = message;
	const own = [
		...['To', 'Delivered-To', 'X-Original-To', 'From', 'Reply-To'].flatMap((name) =>
			headers.all(name),
		),
		...['From', 'Return-Path', 'Sender', 'Errors-To', 'Reply-To'].flatMap(
			(name) => originalHeaders?.all(name) ?? [],
		),
	];
	return new Set(own.flatMap((value) => addressesIn(value, 20)).map((one) => one.toLowerCase()));
}

function originalRecipients(message: Message): string[] {
	const original = message.originalHeaders;
	if (!original) return [];
	for (const name of [
		'X-Failed-Recipients',
		'X-Envelope-To',
		'Envelope-To',
		'Delivered-To',
		'To',
	]) {
		const found = original.all(name).flatMap((value) => addressesIn(value, 20));
		if (found.length > 0) return [...new Set(found)];
	}
	return [];
}

function wordsAfterAnnouncement(text: string): string {
	return unfold(text);
}
