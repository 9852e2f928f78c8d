import type { ShippedReason } from '../shipped-reason.ts';

export const messageTooBig: ShippedReason = {
	name: 'message-too-big',
	label: 'Message too big',
	type: 'Quota',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'The mailing is bigger than this server or mailbox takes. Send links instead of attachments.',
	says: [
		'(message|mail|email|e-mail|attachment|file|content|data|message size|size of the message|msg|it|body|message length) (is |was |size |length |has |are |has a size |body is |of * bytes |exceeds * |) (too big|too large|too long|to big|to large|larger than|bigger than|exceed*|over the|above the|over size|oversize*|over maximum|longer than|greater than)',
		'(message|mail|email|file|attachment|msg) (file |data |body |)(size|length) (is |) (exceed*|too|over|limit|larger|greater|violation|restriction|bigger|not acceptable|of)',
		'(too big|too large|too long|oversized|over-sized) (message|mail|email|attachment|for|body|file|data|mailing|size)',
		"(exceed*|over|above|larger than|bigger than|exceeds) (the |a |our |its |his |your |this |)(maximum |max |allowed |permitted |fixed |allowable |maximum allowed |configured |server |administrative |recipient's |system |global |absolute |local |mailbox |) (message|mail|email|message size|file size|size|mail size|attachment|message length|length|data size) (size |length |)(limit|limits|allowed|maximum|restriction|restrictions|permitted|that|for|of|quota|)",
		'(maximum|max|allowed|size) (message|mail|email|attachment|file|) (size|length) (is |was |of |has been |limit |for |)(exceed*|allowed|permitted|reached)',
		'(message|size) (exceeds|exceeded) (fixed maximum|maximum|fixed|administrative|size|the size|local|server|max)',
		'fixed maximum (message |)size',
		'(size limit|length limit|size restriction|size restrictions) (has been |for * |was |)(exceed*|reached|violat*|applies)',
		'(resolver.rst.(send|recip)sizelimit*|sizelimit|mesgtoobig)',
		'message (too |)(big|large) for (system|recipient|mailbox|this|the|server)',
		'message length exceeds administrative limit',
		'(nachricht|mail|e-mail|anhang) * (zu groß|zu gross|zu lang|maximale größe)',
		'(message|pièce jointe|courriel|taille) * (trop (gros|grand|volumineux|long)|taille maximale)',
		'(mensaje|mensagem|messaggio|correo|archivo|tamaño|tamanho|dimensione) * (demasiado grande|muito grande|troppo grande|excede|supera|máximo|massima|límite)',
		'(письм*|сообщени*|размер) * (слишком (больш*|велик*)|превыша*)',
		'(邮件|信件|郵件|附件|メール|メッセージ)(大小|过大|太大|サイズ|體積|长度)(超过|超出|が大きすぎ|过|限制|超|)',
		'(メール|メッセージ)*サイズ*(超え|超過|大きすぎ|制限)',
	],
	hints: ['(message|mail) size', 'size limit'],
};
