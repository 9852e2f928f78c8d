import { __, _n, sprintf } from '@wordpress/i18n';
import type { IgnoredBecause, OutcomeName } from '../../service/contract/activity.ts';
import type { MailKind } from '../../service/contract/bounce.ts';
import { figure } from './figures.ts';

/** What became of a mail, in a word. */
export function outcomeLabel(outcome: OutcomeName): string {
	const labels: Record<OutcomeName, string> = {
		acted: __('Dealt with', 'return-channel'),
		ignored: __('Ignored', 'return-channel'),
		failed: __('Failed', 'return-channel'),
		'set-aside': __('Set aside', 'return-channel'),
	};
	return labels[outcome];
}

export function outcomeExplained(outcome: OutcomeName): string {
	const sentences: Record<OutcomeName, string> = {
		acted: __('It was recorded as a bounce, or filed with contacts.', 'return-channel'),
		ignored: __('There was nothing to do about it.', 'return-channel'),
		failed: __('It waits in the mailbox and is tried again at the next run.', 'return-channel'),
		'set-aside': __('It failed too often and is not tried again by itself.', 'return-channel'),
	};
	return sentences[outcome];
}

/** Why a mail was ignored, in a few words. */
export function ignoredLabel(because: IgnoredBecause): string {
	const labels: Record<IgnoredBecause, string> = {
		'no-party': __('Nobody named', 'return-channel'),
		'nobody-known': __('Nobody known', 'return-channel'),
		'never-file': __('On the never-file list', 'return-channel'),
		'no-token': __('No case number', 'return-channel'),
		'auto-reply': __('Automatic reply', 'return-channel'),
		bounce: __('A bounce', 'return-channel'),
		'own-mail': __('Our own mail', 'return-channel'),
		loop: __('A loop', 'return-channel'),
		duplicate: __('Filed already', 'return-channel'),
		other: __('Another reason', 'return-channel'),
	};
	return labels[because];
}

/** What a mail is, before anybody asks whom it concerns. */
export function kindLabel(kind: MailKind): string {
	const labels: Record<MailKind, string> = {
		bounce: __('Bounce', 'return-channel'),
		delayed: __('Delay notice', 'return-channel'),
		delivered: __('Delivery receipt', 'return-channel'),
		'auto-reply': __('Automatic reply', 'return-channel'),
		arf: __('Complaint', 'return-channel'),
		mdn: __('Read receipt', 'return-channel'),
		'dmarc-ruf': __('DMARC failure report', 'return-channel'),
		'dmarc-rua': __('DMARC statistics', 'return-channel'),
		'challenge-response': __('Request to confirm', 'return-channel'),
		'not-bounce': __('Letter', 'return-channel'),
	};
	return labels[kind];
}

/** "312 mails". */
export function seenCount(count: number): string {
	return sprintf(
		/* translators: %s: number of mails. */
		_n('%s mail', '%s mails', count, 'return-channel'),
		figure(count),
	);
}
