import type { ShippedReason } from '../shipped-reason.ts';

export const rateLimited: ShippedReason = {
	name: 'rate-limited',
	label: 'Too much mail at once',
	type: 'Host',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'The provider takes only so many mails in a time. Slow down; the contacts are not to blame.',
	says: [
		'(connection|sender|domain|ip|sending) frequency (limit*|limited)',
		'(maximum|max) sending rate',
		'pol-t*',

		'(unusual|unexpected|abnormal|excessive) rate',

		'(rate|throttl*|ratelimit*|rate-limit*|rate limit*) (limit|limited|limits|exceed*|control|that|is|has|too|policy|of|restriction|from|by|for|due|reached|reject*)',
		'(throttled|throttling|rate limited|rate-limited|ratelimited|rate limit|ratelimit|flood|flooding|slow down|slowdown|tarpit*)',
		'(too many|too much|too frequent|excessive|exceed*) (mails|mail|emails|messages|message|recipients|requests|email|invalid recipients|e-mails|transactions|unknown users|errors|bad|failed|delivery|invalid) (from|sent|in|per|this|recently|within|received|for|at|were|attempts|by|today|rate|traffic|during|to|hour|minute|over|concurrently|simultaneous*|detected|encountered)',
		'(sent|sending|send|received|receiving|delivered|deliver) (too many|too much|more than * (messages|mails|emails)|too fast|too quickly|messages too)',
		'(hourly|daily|per hour|per day|per minute|message|messages|sending|send|outgoing|mail|email|recipient|mails|smtp|outbound|relay|transaction|submission) (limit|limits|quota|rate|allowance|rate limit) (has been |has |was |is |have been |)(exceed*|reached|hit|over|surpassed)',
		'(exceed*|reached|over|hit|surpassed) (the |your |its |a |their |our |)(maximum |max |allowed |)(hourly|daily|per hour|per day|sending|rate|messages per|message rate|messages|mails|emails|message|recipients|recipient rate|connection rate|rate limit|number of (messages|emails|mails|recipients|connections)|sender rate|outgoing|send limit) (limit|quota|per|rate|allowed|in|from|max|)',
		'receiving (mail|email|messages) (at a rate|too quickly|too fast)',
		'receiving mail at a rate that',
		'(mail|message) (rate|volume|traffic) (limit|exceed*|too|is)',
		'(limit|limits|quota) (on|of|for) (the |)(number of |)(messages|connections|mails|recipients|emails) (exceed*|reached|per|has)',
		'(try|send|retry|reconnect) (again |)(more slowly|slower|less|fewer)',
		'(too fast|too quickly)',
		'(daily|hourly) (sending |message |mail |user |smtp |)(quota|limit)',
		'max(imum|) (number of |)(messages|mails|emails|defers and failures) per (hour|day|minute|session)',
		'(exceeded the max (emails|defers|messages))',
		'(频率|发送频率|发信频率|連線頻率|流量)*(限制|超限|过高|超过|过快)',
		'(超过|超出)*(频率|发信|发送)*(限制|限额)',
		'(送信数|流量)*(制限|超過)',
		'(zu viele|zu schnell) (nachrichten|mails|e-mails|verbindungen|empfänger)',
		'(trop de|demasiados|muitas|troppi|troppe|слишком много) (messages|mensajes|correos|mensagens|messaggi|писем|сообщений|destinataires)',
	],
};
