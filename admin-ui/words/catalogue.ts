import { __ } from '@wordpress/i18n';
import type { MailKind } from '../../service/contract/bounce.ts';
import type { PresetName } from '../../service/contract/catalogue.ts';

export function presetLabel(preset: PresetName): string {
	const labels: Record<PresetName, string> = {
		recommended: __('Recommended', 'return-channel'),
		'as-documented': __('As documented', 'return-channel'),
		'civicrm-today': __('CiviCRM today', 'return-channel'),
	};
	return labels[preset];
}

/** What a preset makes of bounces. */
export function presetExplained(preset: PresetName): string {
	const sentences: Record<PresetName, string> = {
		recommended: __(
			'Thresholds as documented. Only what the recipient’s side causes counts: a blocklisting, a missing DNS record or a rate limit of ours holds nobody.',
			'return-channel',
		),
		'as-documented': __(
			'Every bounce counts by its type, whoever is at fault, exactly as CiviCRM’s manual says. A blocklisting of our server can put many addresses on hold at once.',
			'return-channel',
		),
		'civicrm-today': __(
			'As documented, but an automatic reply (Away) holds only at the thirtieth, as in CiviCRM since version 4.7.',
			'return-channel',
		),
	};
	return sentences[preset];
}

export function kindLabel(kind: MailKind): string {
	const labels: Record<MailKind, string> = {
		bounce: __('A bounce', 'return-channel'),
		delayed: __('A delay notice', 'return-channel'),
		delivered: __('A notice of delivery', 'return-channel'),
		'auto-reply': __('An automatic reply', 'return-channel'),
		arf: __('A complaint', 'return-channel'),
		mdn: __('A read receipt', 'return-channel'),
		'dmarc-ruf': __('A DMARC failure report', 'return-channel'),
		'dmarc-rua': __('A DMARC summary', 'return-channel'),
		'challenge-response': __('A challenge to the sender', 'return-channel'),
		'not-bounce': __('An ordinary mail', 'return-channel'),
	};
	return labels[kind];
}

/** What follows from a mail being of this kind. */
export function kindExplained(kind: MailKind): string {
	const sentences: Record<MailKind, string> = {
		bounce: __('A mail of ours was refused for good.', 'return-channel'),
		delayed: __('The server still tries to deliver. Nothing is counted.', 'return-channel'),
		delivered: __('The mail arrived. Nothing is counted.', 'return-channel'),
		'auto-reply': __(
			'A person or a mailbox answers by itself; the mail arrived.',
			'return-channel',
		),
		arf: __('Somebody reported a mail of ours as unwanted.', 'return-channel'),
		mdn: __('Somebody opened or deleted the mail. Nothing is counted.', 'return-channel'),
		'dmarc-ruf': __(
			'A provider reports a mail that failed the checks of our domain. Nothing is counted.',
			'return-channel',
		),
		'dmarc-rua': __('Statistics about mail of our domain. Nothing is counted.', 'return-channel'),
		'challenge-response': __(
			'A filter asks the sender to confirm first. Nothing is counted.',
			'return-channel',
		),
		'not-bounce': __('Somebody wrote it. It is never taken for a bounce.', 'return-channel'),
	};
	return sentences[kind];
}
