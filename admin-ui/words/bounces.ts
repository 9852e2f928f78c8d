import { __, _n, sprintf } from '@wordpress/i18n';
import type { BounceTypeName, Fault, MatchedBy, Trust } from '../../service/contract/bounce.ts';
import { figure } from './figures.ts';

/** What each shipped type means; a type that an administrator added explains itself by its name. */
export function typeExplained(type: BounceTypeName): string {
	const sentences: Record<string, string> = {
		AOL: __('The recipient reported the mail as unwanted.', 'return-channel'),
		Away: __('An automatic reply: the recipient is away.', 'return-channel'),
		DNS: __('The mail server of the domain could not be found.', 'return-channel'),
		Host: __('The receiving mail server could not take the mail.', 'return-channel'),
		Inactive: __('The mailbox is no longer in use.', 'return-channel'),
		Invalid: __('There is no such mailbox.', 'return-channel'),
		Loop: __('The mail went round in circles.', 'return-channel'),
		Quota: __('The mailbox is full.', 'return-channel'),
		Relay: __('A server on the way refused to pass the mail on.', 'return-channel'),
		Spam: __('The mail was taken for spam.', 'return-channel'),
		Syntax: __(
			'The server did not understand the mail, or its answer was not recognised.',
			'return-channel',
		),
	};
	return sentences[type] ?? '';
}

export function faultLabel(fault: Fault): string {
	const labels: Record<Fault, string> = {
		address: __('The address', 'return-channel'),
		mailbox: __('The mailbox', 'return-channel'),
		sender: __('Our own sending', 'return-channel'),
		network: __('The network', 'return-channel'),
		complaint: __('A complaint', 'return-channel'),
		auto: __('An automatic reply', 'return-channel'),
		unclear: __('Unclear', 'return-channel'),
	};
	return labels[fault];
}

/** Who has to change something before mail gets through again. */
export function faultExplained(fault: Fault): string {
	const sentences: Record<Fault, string> = {
		address: __('The address itself is wrong or gone.', 'return-channel'),
		mailbox: __('The address is right, but its mailbox takes no mail now.', 'return-channel'),
		sender: __('Our own sending is at fault, not the recipient.', 'return-channel'),
		network: __('A server or connection on the way is at fault.', 'return-channel'),
		complaint: __('The recipient complained about the mail.', 'return-channel'),
		auto: __('This is an automatic reply; the mail arrived.', 'return-channel'),
		unclear: __('The report does not say whose fault it is.', 'return-channel'),
	};
	return sentences[fault];
}

export function trustLabel(trust: Trust): string {
	const labels: Record<Trust, string> = {
		proved: __('Proved', 'return-channel'),
		plausible: __('Plausible', 'return-channel'),
		unproved: __('Unproved', 'return-channel'),
	};
	return labels[trust];
}

/** Why a bounce is believed to be about a mail of ours, or not. */
export function trustExplained(trust: Trust): string {
	const sentences: Record<Trust, string> = {
		proved: __('The signature in the return address is right.', 'return-channel'),
		plausible: __('Our own Message-ID or header came back.', 'return-channel'),
		unproved: __('Only an address is named, which anybody could write.', 'return-channel'),
	};
	return sentences[trust];
}

export function matchedByExplained(matchedBy: MatchedBy): string {
	const sentences: Record<MatchedBy, string> = {
		'return-address': __('Matched by the return address it was sent to.', 'return-channel'),
		'original-header': __('Matched by our header in the returned mail.', 'return-channel'),
		'message-id': __('Matched by the Message-ID of our mail.', 'return-channel'),
		'reported-recipient': __('Matched by the recipient the report names.', 'return-channel'),
		text: __('Matched by an address in the text.', 'return-channel'),
		nothing: __('Matched to none of our mails.', 'return-channel'),
	};
	return sentences[matchedBy];
}

/** The class of an enhanced status code (RFC 3463 §3.1): "5.1.1" → "a permanent failure". */
export function statusExplained(status: string): string {
	if (status.startsWith('2.')) return __('success', 'return-channel');
	if (status.startsWith('4.')) return __('a failure that may pass', 'return-channel');
	if (status.startsWith('5.')) return __('a permanent failure', 'return-channel');
	return '';
}

/** "3 bounces". */
export function bounceCount(total: number): string {
	return sprintf(
		/* translators: %s: number of bounces. */
		_n('%s bounce', '%s bounces', total, 'return-channel'),
		figure(total),
	);
}
