import type { ShippedReason } from '../shipped-reason.ts';

export const spamContent: ShippedReason = {
	name: 'spam-content',
	label: 'Taken for spam',
	type: 'Spam',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'A content filter took the mailing for spam. Look at its text, links and attachments; the contact is not to blame.',
	says: [
		'mail content denied',
		'message filtered',
		'spam-related',
		'(dt:spm|dt:spm*)',
		'message not allowed - [ph*]',

		'(message|mail|email|e-mail|content|it|this|letter|text|body|msg) (is |was |has been |looks |appears |appears to be |seems |seems to be |may be |be |) (considered |classified |detected |identified |marked |tagged |recognized |flagged |rejected |blocked |refused |deemed |determined |likely |probably |suspected |scored |judged |regarded |treated |to be |like |as |because |) * (spam|junk|uce|unsolicited|bulk mail|phish*|spammy)',
		'(identified|detected|classified|marked|tagged|flagged|considered|recognized|blocked|rejected|refused|bounced|looks|look|looking|deemed|suspected|quarantined|discarded|filtered|reported|regarded|treated|scored|determined|denied|dropped|stopped) (to be |like |as |by |for |because |being |due to |it |was |is |of |a |)(a |the |of |our |possible |probable |likely |being |suspected |potential |anti |high |too |much |)(spam|junk|unsolicited|bulk|uce|anti-spam|antispam|anti spam|phishing|spam-like|ube)',
		'(spam|junk|phishing|uce|ube) (message|mail|email|e-mail|content|detected|score|filter|filtered|rejected|blocked|refused|found|suspected|probability|level|rule|policy|check|test|tests|signature|engine|assassin|is not|not|points|rating|like|mails|url|urls|reject|was|threshold|scan|analysis|or|denied|outbreak|block|discarded|messages|identified|control|firewall|protection|-|words|keyword|link|links|pattern|verdict|quarantine)',
		'(high|too high|excessive|exceeded) * spam (score|level|probability|threshold)',
		'(no spam|not accept spam|anti-spam|antispam|anti spam|spamassassin|spam assassin|dspam|spamblock*|spam-block*|spamfilter*|spam-filter*|rspamd|bogofilter|spam detected|spamdetected)',
		'(unsolicited|bulk) (mail|email|e-mail|commercial|messages|message|bulk)',
		'(denied|blocked|rejected) (due to|because of|by|for) (content|spam|the content|message content|its content|filter|word|url|body)',
		'(content|message|body|mail) (filter|filters|filtering|content) (reject*|block*|refus*|den*|violation|restriction|policy|match*)',
		'(content|message) (rejected|refused|blocked|denied|not allowed|not acceptable|unacceptable)',
		'(message|mail|email) (contains|contained|includes|has|contain) * (spam|url|link|links|blacklisted|blocked|prohibited|forbidden|banned|suspicious|malicious|unacceptable|illegal|bad|objectionable)',
		'(url|link|domain|links|urls|uri) (in (the |your |this |)(message|body|mail|email|content)|contained) * (block*|listed|blacklist*|spam|prohibited|malicious|on)',
		'(phishing|scam|fraud|malicious) (attempt|message|mail|content|detected|url|link)',
		'(high probability|high likelihood|possible|suspected|suspicious|detected) (of |)(spam|junk|phish*)',
		'554 (5.7.1 |)(reject|rejected), id=',
		'(ihre nachricht|mail|nachricht) * (spam|werbung) * (erkannt|eingestuft|abgelehnt)',
		'als spam (erkannt|eingestuft|klassifiziert|abgelehnt)',
		'(considéré|identifié|détecté|classé|reconnu) * (spam|pourriel|indésirable)',
		'(considerado|identificado|detectado|clasificado|classificado|riconosciuto|classificato|identificato) * (spam|correo no deseado|lixo)',
		'(распознан*|определен*|признан*|похож*|помечен*) * (спам|spam)',
		'(спам|спама)',
		'(垃圾邮件|垃圾郵件|疑似垃圾|迷惑メール|スパム|스팸)',
		// Thai, Vietnamese, Arabic, Hebrew, Chinese
		'(สแปม|อีเมลขยะ|จดหมายขยะ)',
		'(thư rác|là spam)',
		'(بريد مزعج|بريد غير مرغوب|رسائل مزعجة|البريد العشوائي|بريد عشوائي)',
		'(דואר זבל|כדואר זבל|ספאם)',
		'(反垃圾|被拦截|被攔截|拒收)',
		// Barracuda
		'permanent failure for one or more recipients * blocked',
	],
	hints: ['(spam|spammy|spam like|spam-like|junk mail)'],
};
