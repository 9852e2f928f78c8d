import type { Verdict } from '../contract/bounce.ts';
import type { Headers } from '../messages/headers.ts';
import type { Message } from '../messages/message.ts';
import type { ReturnAddress } from './return-address.ts';

/** Everything in a mail that may say whose it is, best first (requirement A4). Which clue holds is found out with
 *  the deliveries and addresses that we know; see `act/whose-is-it.ts`. */
export interface Clues {
	/** From the addresses the mail was sent to. */
	returnAddresses: ReturnAddress[];
	/** From our header in the returned message. */
	originalHeader: ReturnAddress[];
	/** Message-IDs the mail is about, without angle brackets, lower case. */
	messageIds: string[];
	/** Addresses in the text, lower case, in their order; looked at when nothing better is there. */
	addressesInText: string[];
}

/** Where a mail server notes for whom a mail was. Received's "for <…>" is the last resort of servers without them. */
const recipientFields = [
	'Delivered-To',
	'X-Original-To',
	'Envelope-To',
	'X-Envelope-To',
	'X-Delivered-To',
	'To',
	'Cc',
	'Bcc',
	'Apparently-To',
	'Resent-To',
	'Return-Path',
	'Received',
];

/** Our header in every mail we send: its return address, for providers that replace the envelope's. */
export const returnChannelHeader = 'X-Return-Channel';

/** Fields of the returned message in which our return address may stand. */
const originalFields = [
	returnChannelHeader,
	'Return-Path',
	'X-Original-Return-Path',
	'Sender',
	'Errors-To',
	'List-Unsubscribe',
	'Reply-To',
];

/** Addresses to look at in a text that names nobody else. */
const mostAddressesInText = 10;
const addressInText = /[A-Za-z0-9._%+=~&'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}/g;
const longestTextToSearch = 20_000;

/** Reads a mail's clues.
 *  @param find the account's `returnAddressFinder`.
 *  @param verdicts what the mail says; when a verdict names its recipient the text is not searched. */
export function identify(
	message: Message,
	verdicts: readonly Verdict[],
	find: (text: string) => ReturnAddress[],
): Clues {
	const original = message.originalHeaders;
	return {
		returnAddresses: find(valuesOf(message.headers, recipientFields)),
		originalHeader: original ? find(valuesOf(original, originalFields)) : [],
		messageIds: [
			...messageIdsIn(original?.get('Message-ID')),
			...messageIdsIn(message.headers.get('In-Reply-To')),
			...messageIdsIn(message.headers.get('References')),
		],
		addressesInText:
			verdicts.length > 0 && verdicts.every(({ recipient }) => !recipient)
				? addressesIn(message.text.slice(0, longestTextToSearch))
				: [],
	};
}

function valuesOf(headers: Headers, names: readonly string[]): string {
	return names.flatMap((name) => headers.all(name)).join('\n');
}

function messageIdsIn(value: string | undefined): string[] {
	if (!value) return [];
	const ids = [...value.matchAll(/<([^<>\s]{1,250})>/g)].map(([, id]) => id!.toLowerCase());
	const bare = value.trim();
	return ids.length > 0 || /[\s<>]/.test(bare) || bare === '' ? ids : [bare.toLowerCase()];
}

function addressesIn(text: string): string[] {
	const found = new Set<string>();
	for (const [address] of text.matchAll(addressInText)) {
		found.add(address.toLowerCase());
		if (found.size === mostAddressesInText) break;
	}
	return [...found];
}
