import type { ShippedReason } from '../shipped-reason.ts';

export const policy: ShippedReason = {
	name: 'policy',
	label: 'Refused by policy',
	type: 'Spam',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'The server refuses the mail by a rule of its own, such as an attachment type or a kind of sender. Its words say more.',
	sentences: ['reject due to policy', 'host network not allowed', 'header error'],
	says: [
		'mail rejet* * mail rejected',
		'(mail|message|email) rejected * ofr_506',
		'policy-related',
		'pol-p*',
		'aup#*',
		'(rejected|refused|blocked) by header based',

		'(policy|security policy|local policy|site policy|mail policy|administrative policy|company policy|domain policy) (violation|reasons|reason|restriction*|rejection|reject*|block*|denied|settings|prohibit*|does not|failure|refus*|issue|limit*|forbids)',
		"(due to|for|by|because of|violat*|under|against|per|violation of|breach of|according to) (a |our |the |local |site |security |your |its |company |administrative |internal |mail |domain |system |this |their |an |recipient |organization's |organizational |)(policy|policies|policy reasons|security policy|content policy|site policy|administrative|policy restrictions)",
		'(rejected|refused|blocked|denied|prohibited|disallowed|forbidden|deferred) (by|due to|for|because of|on|as|under|per) (a |our |the |local |site |its |your |)(policy|administrator|administrative|security|rule|rules|policies|admin|custom rule|mail rule|transport rule|access rule|filter|filters|system policy|organization|header|mailfilter|milter|content rule|access control|access policy)',
		'(administrative|administratively) (prohibition|prohibited|denied|rejected|blocked|refused|forbidden|restricted)',
		'(transport rule|mail flow rule|transport.rules.reject*|rejectmessage|rejected by * rule)',
		'(attachment|attachments|file type|file extension|file|mime type|content type|content-type|html|archive) (is |are |was |type |name |with |extension |)(not allowed|not accepted|not permitted|blocked|prohibited|forbidden|banned|rejected|denied|refused|restricted|disallowed)',
		'(banned|blocked|prohibited|forbidden|illegal|disallowed|unacceptable|restricted) (attachment|file|filename|file type|content type|extension|content|file name|mime)',
		'(message|mail|email|transmission|transaction|delivery|content) (is |was |has been |)(refused|rejected|blocked|denied|prohibited|disallowed|not allowed|not permitted|not accepted|forbidden) (by|due|for|because|according|per|under|as)',
		'(denied|rejected|refused|blocked) by (policy|rule|administrator)',
		'(too many|multiple) (recipients|mime parts|headers|attachments|received|hops|bad) (in|for|from|headers|specified|per|this|)',
		'(security|compliance|confidentiality|dlp|data loss) (policy|reasons|violation|rule|restriction|settings|concerns)',
		'(disclaimer|unacceptable content|offensive|profan*|inappropriate)',
		'(richtlinie|sicherheitsrichtlinie|richtlinien) * (abgelehnt|verstößt|verletzt|blockiert)',
		'(politique|política|politica|policy) * (sécurité|seguridad|segurança|sicurezza|violación|violação|violation)',
		'(политик*) * (безопасност*|отклон*)',
		'out of policy',
		'by policy',
		'policy',
		// Korean
		'(수신 거부|수신거부|수신이 거부)*',
	],
	hints: ['(security|prohibit*|forbidden|not permitted|not allowed|disallowed|unauthorized)'],
};
