import type { MatchedBy, Trust, Verdict } from '../contract/bounce.ts';
import type { Address, Delivery } from '../crm/crm.ts';
import type { Clues } from '../identify/identify.ts';
import { isSameHash } from '../identify/return-address.ts';
import type { ReturnAddress } from '../identify/return-address.ts';

/** Whom a verdict is about, and how sure that is. */
export type Subject =
	| { who: 'delivery'; delivery: Delivery; address: Address; matchedBy: MatchedBy; trust: Trust }
	| { who: 'address'; address: Address; matchedBy: MatchedBy; trust: 'unproved' }
	/** `forged`: it carries a return address of ours with a hash that is not ours. */
	| { who: 'nobody'; isForged: boolean; because: string };

/** What is known of the deliveries and addresses that a window of mails names; asked for once a window. */
export interface Known {
	delivery(id: number): Delivery | undefined;
	deliveryOfMessage(messageId: string): Delivery | undefined;
	address(id: number): Address | undefined;
	/** The address spelled so; the first contact's if several have it. */
	addressOf(email: string): Address | undefined;
}

/** The delivery a mail came back for, by the first clue that holds (requirement A4). A wrong hash ends the search: a
 *  mail that lies about its return address is believed in nothing else (A2). */
export function findDelivery(
	clues: Clues,
	known: Known,
): Exclude<Subject, { who: 'address' }> | undefined {
	const steps: [ReturnAddress[], MatchedBy, Trust][] = [
		[clues.returnAddresses, 'return-address', 'proved'],
		[clues.originalHeader, 'original-header', 'plausible'],
	];
	for (const [returnAddresses, matchedBy, trust] of steps) {
		const delivery = returnAddresses.map((address) => genuine(address, known)).find(Boolean);
		if (delivery) return subject(delivery, matchedBy, trust, known);
		if (returnAddresses[0]) return forged(returnAddresses[0]);
	}

	for (const messageId of clues.messageIds) {
		const delivery = known.deliveryOfMessage(messageId);
		if (delivery) return subject(delivery, 'message-id', 'plausible', known);
	}
	return undefined;
}

/** Whom one verdict is about. The mail's delivery is meant when the verdict names its address, names nobody, or is the
 *  only one: a forwarded mail bounces under another address. With several verdicts, each other one is looked up by itself. */
export function whoseIsIt(
	verdict: Verdict,
	{
		isOnly,
		delivered,
		clues,
		known,
	}: { isOnly: boolean; delivered: ReturnType<typeof findDelivery>; clues: Clues; known: Known },
): Subject {
	const recipient = verdict.recipient?.toLowerCase();
	if (delivered?.who === 'nobody') return delivered;
	if (delivered && (isOnly || !recipient || recipient === delivered.address.email))
		return delivered;

	const named = recipient && known.addressOf(recipient);
	if (named)
		return { who: 'address', address: named, matchedBy: 'reported-recipient', trust: 'unproved' };
	if (recipient) return nobody(`Nobody here has the address ${recipient}.`);

	const inText = clues.addressesInText.map((email) => known.addressOf(email)).find(Boolean);
	if (inText) return { who: 'address', address: inText, matchedBy: 'text', trust: 'unproved' };
	return nobody('The report names no address that we know.');
}

function genuine({ queue, job, hash }: ReturnAddress, known: Known): Delivery | undefined {
	const delivery = known.delivery(queue);
	return delivery && delivery.job === job && isSameHash(hash, delivery.hash) ? delivery : undefined;
}

function subject(delivery: Delivery, matchedBy: MatchedBy, trust: Trust, known: Known) {
	const address = known.address(delivery.addressId);
	if (!address) return nobody('It came back for an address that was deleted since.');
	return { who: 'delivery' as const, delivery, address, matchedBy, trust };
}

function forged({ action, job, queue }: ReturnAddress) {
	return {
		who: 'nobody' as const,
		isForged: true,
		because: `The return address ${action}.${job}.${queue}.… has a hash that we never gave: forged or damaged. Nothing was changed.`,
	};
}

function nobody(because: string) {
	return { who: 'nobody' as const, isForged: false, because };
}
