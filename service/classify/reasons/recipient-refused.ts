import type { ShippedReason } from '../shipped-reason.ts';

export const recipientRefused: ShippedReason = {
	name: 'recipient-refused',
	label: 'Recipient refused without a cause',
	type: 'Invalid',
	// Said of unknown mailboxes and of recipients' own filters alike: not sure enough to hold anybody.
	fault: 'unclear',
	countsTowardHold: false,
	advice:
		'The server refuses this recipient and does not say why: the mailbox may be gone or may filter. If it goes on, ask the contact.',
	says: ['recipient address rejected: access denied'],
	hints: [
		'rejected by recipients',
		'requested action not taken',

		'@ (rejected|refused)',

		'(recipient|rcpt|address|user|mailbox) (address |) (rejected|refused|denied|not accepted|not permitted|not allowed|blocked by recipient|prohibited)(: access denied|: policy|)',
		"(user|recipient|mailbox) (doesn't|does not|not|won't|is not) (accept*|want*|like|receiv*|allow*) (mail|email|e-mail|messages|any|this|your|incoming|new)",
		"(does not|did not|didn't) like (recipient|our rcpt)",
		'(mailbox|user|recipient|address|account) (is |currently |temporarily |is currently |is temporarily |)(unavailable|not available|unreachable|not reachable)',
		'(requested action not taken|requested mail action not taken|action not taken): mailbox',
		'mailbox (name |)not (allowed|available)',
		'(filtered|dropped|refused|rejected) (by|at) (the |)(recipient|user|receiver|addressee|end user)',
		'(recipient|user) (has |)(filter*|reject*|refus*|block*) (your|the|this) (mail|message|email)',
		'(they are|he is|she is|is|are) not accepting (mail|email|messages) from',
		'not accept* (mail|email|messages) from (you|this sender|your address)',
		'(受信拒否|受信を拒否|受信制限|ドメイン指定受信|迷惑メール設定)',
		'(mail|message) (rejected|refused) (by|for) (recipient|user|policy of the recipient)',
		'(undeliverable|unverified) (address|recipient)',
	],
};
