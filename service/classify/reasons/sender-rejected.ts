import type { ShippedReason } from '../shipped-reason.ts';

export const senderRejected: ShippedReason = {
	name: 'sender-rejected',
	label: 'Our sender address refused',
	type: 'Spam',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'The server refuses the return address or From address of the mailing: look at the sending domain, not at the contact.',
	says: [
		'sending this from a different address or alias',
		'send mail as * (misconfigured|not allowed|feature)',

		'(email address|identity|identities|sender) (is |are )not verified',

		"(sender|from|mail from|envelope from|envelope-from|envelope sender|return path|return-path|originator|sending|sender's|from:|originating|reverse-path|senders|reply) (address |domain |email address |e-mail address |mail address |email |user |) (is |was |are |has been |) (rejected|refused|denied|not allowed|invalid|not valid|blocked|unknown|blacklisted|not accepted|not permitted|not found|unresolvable|bad|does not exist|doesn't exist|could not be verified|not verified|not known|not existing|unverified|illegal|banned|unacceptable|prohibited|blocklisted|on our|listed|not in|unauthorized|not authorized|cannot be verified|has been blocked|missing|forbidden|verification failed|verification failure|verify failed|verify failure)",
		"(invalid|bad|unknown|illegal|unroutable|unrouteable|unresolvable|unverified|unverifiable|malformed|blocked|blacklisted|forged|fake|spoofed|rejected|unacceptable|nonexistent|unauthorized|forbidden|incorrect) (sender|from|return|originator|envelope sender|envelope from|mail from|return path|return-path|reverse-path|sender address|sender domain|sender's)",
		"(domain|address|host|mailbox) of (the |)(sender|sender's address|sender address|return|from) * (does not|doesn't|not|unknown|invalid|cannot|could not|fails|refused)",
		"(domain of sender|sender's domain|sender domain|from domain|domain in sender|sending domain)",
		'(sender|callback|callout|sender address) (verify|verification|callout) (failed|failure|error|timed)',
		"(could not|couldn't|cannot|can't|unable to|failed to) (verify|complete sender verify|resolve|validate) (the |your |)(sender|return|from|mail from|envelope)",
		'(need|requires|require|use|must have|specify|supply) (a |)(fully qualified|fully-qualified|valid|working|resolvable) (sender|from|return|hostname|domain|address for sender)',
		"(does not|didn't|did not|doesn't) like (our mail|mail from|our from|sender|the sender)",
		'(empty|null) (envelope |)(sender|senders|from|return path) (address |)(is |are |)(not |blocked|refused|rejected)',
		'(user|address) * (not allowed|denied|not permitted) to send (as|from|using)',
		'(send as|sendasdenied|sending as|spoof*) (permission|denied|not allowed|this|from|detected|attempt)',
		'sendasdenied',
		'(not allowed|not authorized|not permitted|denied) to (send|use|relay) (as|from|with|mail from|using) * (address|sender|domain|from)',
		'(sender|from) * (blacklisted|black listed|in (my|our|the) (blacklist|badmailfrom|blocklist))',
		'(envelope sender|sender) is in my badmailfrom',
		'badmailfrom',
		'mail from (the |your |)(domain|address|host) * (is |)(refused|rejected|not accepted|denied|not allowed)',
		'sending (to/from|from|to or from) an address that has been blacklisted',
		'(unroutable|unrouteable) sender',
		'you are (sending|not allowed to send) * (from|as) (an address|a domain)',
		'(policy|sender) (rejected|blocked) * (mail from|sender)',
		'(return address|return path|reply address|reply-to) (is |)(invalid|not valid|bad|does not|cannot|unresolvable)',
		'(absender|absenderadresse|absendeadresse) * (abgelehnt|ungültig|unbekannt|gesperrt|nicht)',
		'(expéditeur|remitente|mittente|remetente|afzender|отправител*|nadawc*) * (refus*|rechaz*|rejeit*|rifiutat*|non valid*|inválid*|inconnu|desconocid*|geweigerd|ongeldig|отклон*|не существует|odrzuc*|bloque*|bloqu*)',
		'(发件人|寄件人|发信人)(地址|域名|)*(拒绝|不存在|被拒|无效|黑名单)',
		'(差出人|送信元|送信者)*(拒否|存在し|不正)',
	],
};
