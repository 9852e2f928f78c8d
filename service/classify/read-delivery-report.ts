import { addressesIn, firstAddressIn } from '../messages/addresses.ts';
import type { RecipientReport } from '../messages/delivery-report.ts';
import type { Message } from '../messages/message.ts';
import { announced } from './announcements.ts';
import type { Reading } from './fate.ts';
import { readEntries } from './entries.ts';
import type { Fate } from './fate.ts';
import { unfold } from './fate.ts';

type Outcome = 'failed' | 'delayed' | 'delivered';

/** Reads the fields of message/delivery-status (RFC 3464); undefined when the mail has none that name a recipient. */
export function readDelivery(message: Message): Reading | undefined {
	const report = message.deliveryReport;
	if (!report || report.recipients.length === 0) return undefined;

	const isOnly = report.recipients.length === 1;
	const outcomes = report.recipients.map((recipient) => outcomeOf(recipient, message));
	const kind = outcomes.includes('failed')
		? 'failed'
		: outcomes.includes('delayed')
			? 'delayed'
			: 'delivered';
	const fates = report.recipients.flatMap((recipient, i) =>
		outcomes[i] === kind && kind !== 'delivered'
			? [fateOf(recipient, message, { isOnly, reportingServer: report.reportingMta })]
			: [],
	);
	return { kind: kind === 'failed' ? 'bounce' : kind, fates, decidedBy: 'message/delivery-status' };
}

/** §2.3.3 Action, or for servers that leave it out or make one up: the status class, then the words. */
function outcomeOf({ action, status }: RecipientReport, message: Message): Outcome {
	switch (action) {
		case 'failed':
		case 'failure':
		case 'fail':
		case 'error':
			return 'failed';
		case 'delayed':
		case 'delay':
		case 'deferred':
			return 'delayed';
		case 'delivered':
		case 'relayed':
		case 'expanded':
		case 'success':
			return 'delivered';
	}
	if (status?.startsWith('2.')) return 'delivered';
	if (status?.startsWith('5.')) return 'failed';
	const { delayed, failed } = announced(`${message.subject}\n${message.text}`);
	return delayed > failed ? 'delayed' : 'failed';
}

function fateOf(
	recipient: RecipientReport,
	message: Message,
	{ isOnly, reportingServer }: { isOnly: boolean; reportingServer: string | undefined },
): Fate {
	const address = addressOf(recipient, message, isOnly);
	const server = recipient.remoteMta ?? reportingServer;
	const fate: Fate = {
		context: () =>
			`${categoryOf(recipient)}${isOnly ? message.text : wordsAbout(address, message)}`,
	};
	if (address) fate.recipient = address;
	if (recipient.action) fate.action = recipient.action;
	if (recipient.status) fate.status = recipient.status;
	if (recipient.diagnosticCode) fate.diagnostic = unfold(recipient.diagnosticCode);
	if (server) fate.reportingServer = server.slice(0, 255);
	return fate;
}

/** §2.3.1: the address we wrote to comes before the one it was forwarded to. Where the server names a file, a program or a
 *  host instead, other fields know better. */
function addressOf(
	{ originalRecipient, finalRecipient }: RecipientReport,
	message: Message,
	isOnly: boolean,
): string | undefined {
	const original = firstAddressIn(originalRecipient);
	const final = firstAddressIn(finalRecipient);
	if (final && original && final.replaceAll('"', '') === original) return final;
	const named = original ?? final;
	if (named || !isOnly) return named ?? finalRecipient ?? originalRecipient;

	const failed = addressesIn(message.headers.get('X-Failed-Recipients') ?? '', 2);
	if (failed.length === 1) return failed[0];
	const sentTo = addressesIn(message.originalHeaders?.get('To') ?? '', 2);
	return sentTo.length === 1 ? sentTo[0] : (finalRecipient ?? originalRecipient);
}

/** PowerMTA puts what it thinks into a field of its own: "quota-issues". */
function categoryOf({ fields }: RecipientReport): string {
	const category = fields.get('X-PowerMTA-BounceCategory');
	return category ? `${category.slice(0, 60)}\n` : '';
}

function wordsAbout(address: string | undefined, message: Message): string {
	const wanted = address?.toLowerCase();
	const fate = readEntries(message.text, new Set()).find(
		({ recipient }) => recipient?.toLowerCase() === wanted,
	);
	return fate?.diagnostic ?? '';
}
