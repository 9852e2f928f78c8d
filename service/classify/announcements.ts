import { PhraseSet, phrasesOf } from './phrases.ts';

/** Sentences by which mail servers and providers announce what became of a mail: what makes a mail without RFC 3464
 *  fields a bounce or a delay notice. */
const announcements = new PhraseSet([
	...phrasesOf('failed', [
		"(could|can|was|were|has|have|cannot|may|is|been) (not|n't) (be |been |)(delivered|sent|forwarded|transmitted|reached|delivered correctly)",
		"(couldn't|wasn't|can't|cannot|could not|unable to|not able to|failed to|not possible to|impossible to|not been able to) (be delivered|be sent|deliver|send|complete delivery|reach|forward|be forwarded|be reached|transmit)",
		"(did not|didn't|did not appear to|not) (reach|receive|arrive)",
		'(delivery|deliver|mail delivery|message delivery|transmission|mail) * (failed|failure|failed permanently|has failed|error|problem|unsuccessful|not possible|status notification * (failure|failed)|subsystem|aborted|impossible)',
		'(undelivered|undeliverable|undeliverably|nondeliverable|non-delivery|nondelivery|not delivered|undeliverd|unzustellbar*|non remis|nicht zugestellt|no entregado|não entregue)',
		'status notification * (failure|failed|relay failure)',
		'(loop alert|failure reasons|warning from|mail loop detected)',
		'(returned mail|returned message|returned to sender|return to sender|returning message to sender|mail returned|message returned|returned e-mail|bounced mail|bounce notification|returned unopened)',
		'(failure notice|failure notification|failure delivery|delivery failure|fatal errors|permanent error|permanent failure|permanent fatal|mail error|mail failure|mail system error|error report|nameserver error)',
		'(following (address*|recipient*)) * (failed|rejected|invalid|problem*|error*|failure)',
		'(an error|error|errors|a problem) (occurred|was detected|were detected|was encountered|occured|happened) (while|when|in|during) * (deliver*|sending|processing)',
		'(has been|was|were|been|is) (rejected|refused|returned|bounced|automatically rejected|blocked|discarded) (by|because|due|from|for|as|to)',
		'(message|mail|email|e-mail) (you sent |sent |that you sent |) (was|has been|is) (rejected|refused|returned|bounced|blocked|undelivered|undeliverable)',
		"(unknown user|no such user|user unknown|unknown recipient|invalid final delivery userid|undeliverable to|mailbox full|user's mailbox is full)",
		'(rejected mail|rejected:|automatically rejected|non-delivery report)',
		'(your|the) (message|mail|email|e-mail) * (not delivered|undeliver*|could not)',
		"i'm sorry to have to inform you that",
		"wasn't able to deliver",
		"it's not possible to deliver",
		'(non è stato possibile|impossibile) (consegnare|recapitare|inviare)',
		'(konnte|konnten|kann|wurde) * nicht (zugestellt|übermittelt|ausgeliefert|gesendet|weitergeleitet|erreicht)',
		'(zustellung|übermittlung) * (fehlgeschlagen|gescheitert|nicht möglich|fehler)',
		"(n'a pas pu|n'ont pu|n'a pu|ne peut|pas pu|impossible) * (être|etre|de|remis*|délivr*|delivre*|livr*|distribu*|envoy*|remettre|livrer)",
		'(échec|echec) * (remise|livraison|distribution|envoi)',
		'(no pudo|no se pudo|no ha podido|no se ha podido|no puede|imposible|no fue posible|no fue) * (entregad*|entregar|enviar|enviad*)',
		'(error|fallo|fallido) * (entrega|envío|envio)',
		'(não foi possível|não pôde|não pode|nao pode|não foi|nao foi) * (entregue|entregar|enviad*|enviar)',
		'(falha|erro) * (entrega|envio)',
		'(niet|kon|kan|kunnen) * (worden bezorgd|afgeleverd|bezorgd|afleveren|bezorgen|worden afgeleverd)',
		'(kunde inte|kunne ikke|kan inte|kunde ej|kan ikke|ikke) (levereras|leveres|skickas|sendes|bli levert|afleveres)',
		'(nie można|nie mogła|nie został*|nie udało się|niedostarczon*) * (dostarcz*|doręcz*|przesłać|wysłać|wiadomoś*)',
		'(nelze|nebyla|nemohla|nemohlo|nedoručen*) * (doručen*|doručit|zpráv*)',
		'(не может быть|не могло быть|не было|не удалось|невозможно|не может) * (доставлен*|доставить|отправлен*|отправить)',
		'(недоставлен*|не доставлен*|сообщение не доставлено)',
		'(送信できません|配信できません|配送できません|お届けできません|届けることができ|届きません|送信に失敗|配信に失敗|配送に失敗|送信エラー|送信されません|配信されません|エラーのため|宛先不明)',
		'(退信|投递失败|无法投递|無法投遞|未能投递|无法送达|無法傳送|传送失败|投遞失敗|发送失败|不能投递|被退回|退回|未能送达|系统退信)',
		'(전송 실패|전송하지 못|배달하지 못|배달되지 않|반송|발송 실패|보내지 못)',
		'(teslim edilemedi|iletilemedi|gönderilemedi|ulaştırılamadı)',
		'(nem kézbesíthető|nem sikerült * kézbesít*|nem lehetett * kézbesít*)',
		'(nu a putut fi (livrat*|trimis*)|nelivrat*)',
		'(δεν ήταν δυνατή η παράδοση|δεν παραδόθηκε|αποτυχία παράδοσης)',
		'(ei voitu toimittaa|toimitus epäonnistui|ei voida toimittaa)',
		'(không thể gửi|gửi thất bại|ไม่สามารถส่ง|tidak dapat (dikirim|terkirim)|gagal dikirim)',
		'(לא נמסרה|לא ניתן היה למסור|تعذر تسليم|لم يتم تسليم)',
		'(傳遞|投遞|传递|投递|发送|傳送|寄送)*(失败|失敗)',
		'(無法|无法)(傳遞|投遞|投递|传递|送达|送達|發送|发送|寄達)',
		'(未送达|未送達|未能送達)',
		'(배달|전달|전송|발송)*(하지 못|되지 않|실패|할 수 없)*',
		'(levering*|leverans*) * (mislykkedes|mislyktes|misslyckades)',
		'(kan ikke leveres|kunne ikke leveres|kan inte levereras|olevererbar*)',
		'(доставка*|доставката) * (неуспешна|не бе успешна|не е успешна)',
		'не може да бъде доставен*',
		'(не вдалося|неможливо) * (доставити|надіслати)',
		'не доставлено',
		'(isporuka|isporučivanje) * nije uspjel*',
		'(nije moguće isporučiti|nije isporučen*)',
		'dostava * ni uspela',
		'ni mogoče dostaviti',
		'doručenie * zlyhalo',
		'nedoručiteľn*',
		'dostarczenie * nie powiodło się',
		'niedostarczaln*',
		'livrarea * nu a reușit',
		'nelivrabil*',
		'doručení * (nezdařilo|selhalo)',
		'nedoručiteln*',
		'kézbesíthetetlen*',
		'(παράδοση|παράδοσης) * απέτυχε',
		'(δεν είναι δυνατή|αδύνατη) η παράδοση',
		'(toimitus|toimittaminen) * epäonnistui',
		'(không chuyển được|không gửi được|không thể chuyển|gửi không thành công)',
		'(ส่งไม่สำเร็จ|ไม่สามารถนำส่ง)',
		'การส่ง*ล้มเหลว',
		'(فشل التسليم|فشل تسليم|فشل إرسال|تعذر التسليم|تعذر إرسال|غير قابل للتسليم|لم يتم إرسال)',
		'(המסירה * נכשלה|לא ניתן למסור|לא ניתן היה לשלוח|ההודעה לא נשלחה|שליחת ההודעה נכשלה)',
		'pengiriman * gagal',
		'(tidak terkirim|gagal terkirim)',
		'(teslim edilemiyor|iletilemiyor)',
		'teslimat * başarısız*',
		'bezorging * mislukt',
		'onbestelbaar*',
		'recapito * (non riuscito|fallito)',
		'(non recapitabile|mancato recapito|mancata consegna)',
		'(no entregable|entrega fallida|mensaje devuelto)',
		'(non distribué*|non délivré*|message retourné)',
		'वितरण विफल*',
	]),
	...phrasesOf('delayed', [
		'(has been|is|was|have been|been|is being|currently) (delayed|deferred|temporarily delayed)',
		'(this is a warning message only|warning message only|you do not need to resend|no need to resend|do not resend|no action is required on your part)',
		'(not yet|still not|yet|has not yet|have not yet|not) been (delivered|sent|successfully delivered|able to)(| to| after)(| your)',
		'(could not be|not) (delivered|be delivered) (yet|for * hours)',
		"(will|we'll|shall) (continue|keep|be) (to |on |)(retried|try|trying|retry|retrying|attempt*|sending)",
		'(will be|will) (retried|retry|re-tried|tried again|attempted again|be retried|try again|be attempted|be tried)',
		'(delivery attempts|attempts|attempts to deliver * ) (will|to deliver * will) (continue|be made)',
		'(still|keep|keeps|continue*) (trying|attempting|be attempt*|to try|to attempt)',
		'status notification * (delay|delayed)',
		'(warning: message|message) * delayed * (hours|hour|days|day|minutes)',
		'(delivery|message|mail) (is |has been |)(delayed|delay)',
		'(delivery delay|delayed mail|delayed delivery|mail delayed|message delayed|delivery delayed|delayed:|warning: could not send|warning: message delayed|transient non-fatal errors|temporarily undeliverable|delivery incomplete)',
		'(awaiting delivery|remains in the queue|still in * queue|is still queued|remains queued|is queued)',
		'(verzögert|verzögerung|noch nicht zugestellt|weitere zustellversuche)',
		'(retardé*|différé*|pas encore été (remis|délivré)|est retardée)',
		'(retrasad*|demorad*|aún no se ha|se seguirá intentando|atrasad*|ainda não foi|continuará tentando|ritardat*|non è ancora stat*)',
		'(vertraagd|fördröj*|forsink*|opóźnion*|задерж*|отложен*|пока не доставлен*)',
		'(遅延|遅れて|再送を試み|延迟|延遲|지연)',
		'(zpožděn*|zpoždění|késedelem|késleltet*|întârzi*|καθυστέρηση|καθυστερεί|zakašnj*|затримк*|затриман*|viivästy*|gecik*)',
		'(bị trì hoãn|chậm trễ|ล่าช้า|تأخر|تأخير|התעכבה|עיכוב|tertunda)',
	]),
	...phrasesOf('given-up', [
		"(giving up|given up|gave up|i'm not going to try|will not be retried|will not retry|no further (delivery |)attempts|permanent (error|failure|fatal)|permanently|expired|could not be delivered for more than|too long|have been failing|has been removed from the|was not delivered|removed from the (mail |)queue|returned to|have failed)",
		'(failed (to deliver|permanently)|delivery failed|undeliverable|undelivered|non-delivery|not be delivered to)',
	]),
	...phrasesOf('delivered', [
		'(successfully delivered|successful mail delivery|was successfully|were successfully|has been delivered|was delivered to|been successfully|delivery (was |)(successful|success)|return receipt|mail delivered|successfully relayed|relayed to|success)',
		'(erfolgreich zugestellt|remis avec succès|entregado correctamente|entregue com sucesso|успешно доставлен*)',
	]),
]);

/** Announcements in a text, by what they say. */
export interface Announced {
	failed: number;
	delayed: number;
	'given-up': number;
	delivered: number;
	/** Where they begin in the text. Most mails are never asked. */
	at(): number[];
}

/** Finds the announcements in the beginning of a text. */
export function announced(text: string): Announced {
	const matches = announcements.find(text);
	const found: Announced = {
		failed: 0,
		delayed: 0,
		'given-up': 0,
		delivered: 0,
		at: () => matches.map(({ at }) => at),
	};
	for (const { phrase } of matches) {
		found[phrase.owner as 'failed' | 'delayed' | 'given-up' | 'delivered']++;
	}
	return found;
}
