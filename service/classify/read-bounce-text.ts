import { addressesIn, firstAddressIn } from '../messages/addresses.ts';
import { readDeliveryReport } from '../messages/delivery-report.ts';
import {
	hasEmptyReturnPath,
	hasServerAddress,
	isFromMailServer,
} from '../messages/machine-sender.ts';
import type { Message } from '../messages/message.ts';
import type { Announced } from './announcements.ts';
import { announced } from './announcements.ts';
import type { Reading } from './fate.ts';
import { localPartsIn, onlyAddressIn, readEntries } from './entries.ts';
import type { Fate } from './fate.ts';
import { unfold } from './fate.ts';
import { readServerFormat } from './server-formats/index.ts';

/** Reads a bounce that has no RFC 3464 fields, from what its server writes to people; undefined when the mail is none. */
export function readBounceText(message: Message): Reading | undefined {
	const known = readServerFormat(message);
	if (known) return known;
	const sign = signOf(message);

	const inSubject = announced(message.subject);
	if (
		sign === 'words' &&
		(isLetter(message) || inSubject.failed + inSubject.delayed === 0) &&
		!isNobody(message.from)
	)
		return undefined;
	const inText = announced(message.text);
	const failed = inSubject.failed + inText.failed;
	const delayed = inSubject.delayed + inText.delayed;
	const isServer = sign === 'sender' || sign.startsWith('header');
	if (failed + delayed === 0 && !isServer) return undefined;

	const fates = fatesIn(message, {
		isAnnounced: sign !== 'words' && inSubject.failed + inSubject.delayed > 0,
		announcedAt: inText.at,
		isMachine: sign !== 'words',
	});
	const isSure =
		hasEmptyReturnPath(message.headers) ||
		(hasServerAddress(message.headers, message.from) &&
			(!message.headers.has('Return-Path') || inSubject.failed + inSubject.delayed > 0));
	if (fates.length === 0 && (!isSure || failed + delayed === 0)) return undefined;
	return { kind: isDelay(inSubject, inText, fates) ? 'delayed' : 'bounce', fates, decidedBy: sign };
}

/** A person's letter may quote or forward any bounce: it answers something, was written in a mail program, or came
 *  with its sender as return path. */
function isLetter({ headers, subject, from }: Message): boolean {
	if (headers.has('In-Reply-To') || headers.has('User-Agent')) return true;
	if (/^\s*(?:re|aw|antw|sv|vs|fwd?|wg|tr|rv|enc|i|doorst)\s?:/i.test(subject)) return true;
	return (
		from !== undefined &&
		firstAddressIn(headers.get('Return-Path'))?.toLowerCase() === from.toLowerCase()
	);
}

/** Providers send some of their bounces from an address that takes no answers. */
function isNobody(from: string | undefined): boolean {
	return /^(?:no-?reply|do-?not-?reply|info-?no-?reply)[^@]{0,20}@/i.test(from ?? '');
}

/** "Warning: message delayed 2 days"; but "Returned mail: deferred" is the end. Fields in the text tell for certain. */
function isDelay(subject: Announced, text: Announced, fates: readonly Fate[]): boolean {
	const actions = fates.flatMap(({ action }) => action ?? []);
	if (actions.length > 0) return actions.every((action) => action === 'delayed');
	if (subject.delayed > 0 && subject.failed === 0) return true;
	return (
		text.delayed > 0 &&
		subject.failed === 0 &&
		text['given-up'] === 0 &&
		text.delayed >= text.failed
	);
}

/** What makes us look for a bounce at all: who sent it, or a header that only servers write. */
function signOf(message: Message): string {
	const { headers } = message;
	if (headers.has('X-Failed-Recipients')) return 'header X-Failed-Recipients';
	if (headers.has('X-MLServer')) return 'header X-MLServer';
	if (isFromMailServer(headers, message.from)) return 'sender';
	if (hasEmptyReturnPath(headers)) return 'empty return path';
	if (/multipart\/report/i.test(headers.get('Content-Type') ?? '')) return 'multipart/report';
	return 'words';
}

function fatesIn(
	message: Message,
	hints: { isAnnounced: boolean; announcedAt: () => number[]; isMachine: boolean },
): Fate[] {
	const inline = inlineReport(message);
	if (inline.length > 0) return inline;

	const notThese = ownAddresses(message);
	const entries = readEntries(message.text, notThese, hints);
	const failed = failedRecipients(message);
	const whole = () => message.text;
	if (failed.length > 0) {
		return failed.map((recipient) => {
			const entry = entries.find(
				(fate) => fate.recipient?.toLowerCase() === recipient.toLowerCase(),
			);
			return entry ?? { recipient, diagnostic: unfold(message.text), context: whole };
		});
	}
	if (entries.length > 0) return entries;
	const domain = /@[^@]+$/.exec(message.from ?? '')?.[0];
	const locals = domain
		? localPartsIn(message.text, hints.announcedAt).map((local) => local + domain)
		: [];
	const original = originalRecipients(message);
	if (locals.length > 0 && original.length === 0) {
		return locals.map((recipient) => ({
			recipient,
			diagnostic: unfold(message.text),
			context: whole,
		}));
	}
	const named = hints.isMachine ? onlyAddressIn(message.text, notThese) : undefined;
	const [only] = original.length === 1 ? original : [named];
	return only ? [{ recipient: only, diagnostic: unfold(message.text), context: whole }] : [];
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
