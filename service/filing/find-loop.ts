import { addressesIn } from '../messages/addresses.ts';
import type { Message } from '../messages/message.ts';
import type { Loop } from './incoming-mail.ts';
import type { IsOwn } from './own-addresses.ts';

/** RFC 5321 §6.3 asks for a limit of at least 100; nobody's mail really passes through so many servers. */
const mostHops = 60;

/** Tells mails of our own and mails that go in a circle (requirement F7). Mail that a person sent from the account's own
 *  address is neither: somebody may drag what they sent into the folder. */
export function findLoop({ headers, from }: Message, isOwn: IsOwn): Loop | null {
	if (headers.has('X-Return-Channel'))
		return {
			ignoredBecause: 'own-mail',
			because: 'This site sent it itself (X-Return-Channel), so it was not filed.',
		};
	const automatic = headers.get('Auto-Submitted');
	if (from && isOwn(from.toLowerCase()) && automatic && !/^no\b/i.test(automatic.trim()))
		return {
			ignoredBecause: 'own-mail',
			because: 'A program sent it from the account’s own address, so it was not filed.',
		};
	const deliveries = headers
		.all('Delivered-To')
		.filter((value) => addressesIn(value).some((email) => isOwn(email.toLowerCase())));
	const loops = headers
		.all('X-Loop')
		.filter((value) => addressesIn(value).some((email) => isOwn(email.toLowerCase())));
	if (deliveries.length > 2 || loops.length > 0 || headers.all('Received').length > mostHops)
		return {
			ignoredBecause: 'loop',
			because: 'It goes in a circle: it came to this account before, so it was not filed.',
		};
	return null;
}
