import { PhraseSet, phrasesOf } from './phrases.ts';

/** Beginnings of subjects that only programs write, by language (ISO 639). */
const subjects: Readonly<Record<string, readonly string[]>> = {
	en: [
		'(automatic|automated|auto|auto-|autom.|automatically generated) (reply|response|answer|acknowledgement|acknowledgment|message|email reply)',
		'(autoreply|auto-reply|autoresponse|auto-response|autoresponder|autorespons|autorespond*|auto-responder|autoanswer|auto-answer)',
		'out of (the |)office (autoreply|auto-reply|auto reply|automatic reply|reply|response|message|notification|notice)',
		'(out-of-office|ooo|oof|vacation|away|absence|holiday|leave) (autoreply|auto-reply|auto reply|reply|response|message|notification|notice|responder)',
		'away from my mail',
	],
	de: [
		'(automatische|automatisierte|autom.) (antwort|rückantwort|rückmeldung|nachricht|abwesenheitsnotiz|eingangsbestätigung|e-mail-antwort)',
		'(abwesenheitsnotiz|abwesenheitsmeldung|abwesenheitsbenachrichtigung|abwesenheitsnachricht|abwesenheitsassistent|abwesenheits-notiz|abwesenheitshinweis|urlaubsnotiz)',
	],
	fr: [
		"(réponse|reponse|message) (automatique|automatisée|d'absence)",
		"(absence du bureau|absent du bureau|notification d'absence|avis d'absence)",
	],
	es: [
		'(respuesta|contestación|mensaje) (automática|automatica|automático|automatico|de ausencia|fuera de (la |)oficina)',
		'(autorespuesta|autorrespuesta|aviso de ausencia)',
	],
	pt: [
		'(resposta|mensagem) (automática|automatica|de ausência)',
		'(ausência temporária|aviso de ausência|resposta de ausência|notificação de ausência)',
	],
	it: [
		'(risposta|messaggio) (automatica|automatico|di assenza)',
		'(risponditore automatico|avviso di assenza|notifica di assenza)',
	],
	nl: [
		'(automatisch|automatische) (antwoord|beantwoording|reactie|reply|afwezigheidsbericht)',
		'(afwezigheidsbericht|afwezigheidsmelding|afwezigheidsassistent)',
	],
	sv: ['(automatiskt svar|autosvar|automatsvar|frånvaromeddelande)'],
	da: ['(automatisk svar|autosvar|automatisk besked|fraværsbesked|fraværsmeddelelse)'],
	no: ['(automatisk svar|autosvar|fraværsmelding|fraværsbeskjed|automatisk fraværsmelding)'],
	fi: [
		'(automaattinen (vastaus|poissaoloviesti|vastausviesti)|automaattivastaus|poissaoloilmoitus|poissaoloviesti)',
	],
	pl: [
		'(odpowiedź automatyczna|automatyczna odpowiedź|odpowiedz automatyczna|automatyczna odpowiedz|autoodpowiedź|autoresponder)',
	],
	cs: ['(automatická odpověď|automaticka odpoved|automatická odpoveď)'],
	hu: ['(automatikus válasz|automatikus üzenet)'],
	ro: ['(răspuns automat|raspuns automat|mesaj automat)'],
	tr: ['(otomatik yanıt|otomatik cevap|otomatik yanit)'],
	el: ['(αυτόματη απάντηση|αυτοματη απαντηση)'],
	ru: ['(автоматический ответ|автоответ|автоответчик|автоматическое уведомление об отсутствии)'],
	uk: ['(автоматична відповідь|автовідповідь|автовідповідач)'],
	bg: ['(автоматичен отговор)'],
	hr: ['(automatski odgovor|samodejni odgovor|automatska poruka)'],
	lt: ['(automatinis atsakymas|automātiskā atbilde|automaatvastus|automaatne vastus)'],
	ca: ['(resposta automàtica)'],
	ja: ['(自動返信|自動応答|自動送信|不在通知|【自動返信|自動回答|不在のお知らせ|不在自動応答)'],
	zh: ['(自动回复|自動回覆|自动答复|自動回复|自動答覆|自动应答|自動答复)'],
	ko: ['(자동 회신|자동회신|자동 응답|자동응답|자동 답장|부재중 알림|부재 중 알림)'],
	he: ['(מענה אוטומטי|תשובה אוטומטית|תגובה אוטומטית)'],
	ar: ['(رد تلقائي|رد آلي|الرد التلقائي)'],
	th: ['(ตอบกลับอัตโนมัติ|การตอบกลับอัตโนมัติ)'],
	vi: ['(trả lời tự động|thư trả lời tự động|tự động trả lời)'],
	id: ['(balasan otomatis|balas otomatis|jawapan automatik|balasan automatik)'],
};

/** Beginnings of subjects that people write, too; they need another sign. */
const weakSubjects: Readonly<Record<string, readonly string[]>> = {
	en: [
		"(out of (the |)office|out-of-office|ooo|on (vacation|holiday|leave|annual leave|maternity leave|parental leave)|away from (the |my |)(office|desk|email)|i am (away|out of)|i'm (away|out of)|vacation|absence|absent|away)",
	],
	de: [
		'(abwesend|abwesenheit|ich bin (nicht im büro|im urlaub|abwesend)|nicht im (büro|haus)|im urlaub|urlaub|betriebsferien|betriebsurlaub|elternzeit)',
	],
	fr: ['(absent|absente|absence|en congé|en vacances|congés|hors du bureau)'],
	es: ['(fuera de (la |)oficina|ausente|ausencia|de vacaciones|vacaciones)'],
	pt: ['(fora do escritório|ausente|ausência|de férias|em férias|férias)'],
	it: ['(fuori (ufficio|sede)|assente|assenza|in ferie|ferie)'],
	nl: ['(afwezig|afwezigheid|niet (aanwezig|op kantoor)|op vakantie|vakantie)'],
	sv: [
		'(frånvarande|frånvaro|ej på kontoret|på semester|semester|fravær|fraværende|ikke (til stede|på kontoret)|på ferie|ferie|poissa|poissaolo|lomalla)',
	],
	pl: [
		'(nieobecność|poza biurem|na urlopie|urlop|mimo kancelář|nepřítomnost|dovolená|házon kívül|szabadság*)',
	],
	ro: [
		'(absență|absenta|plecat din birou|în concediu|ofis dışında|izinde|εκτός γραφείου|σε άδεια)',
	],
	ru: [
		'(меня (не будет|нет)|в отпуске|отпуск|нет на месте|отсутству*|вне офиса|у відпустці|відсутн*)',
	],
	ja: ['(不在|休暇|外出中|夏季休業|出張中|お休み)'],
	zh: ['(外出|不在办公室|不在辦公室|休假|出差|度假|放假)'],
	ko: ['(부재중|부재 중|휴가|출장)'],
};

/** Sentences of people who are away. */
const bodies: Readonly<Record<string, readonly string[]>> = {
	en: [
		"(i am|i'm|i will be|i'll be|am|is|are|we are|we're|currently|be|been|who is|he is|she is) (currently |now |presently |temporarily |) (out of|away from|out|off|absent from|not in|travelling|traveling) (the |my |our |) (office|desk|email|e-mail|computer|work|town|country|country|until|from|on|today|for)",
		'(on|for|taking) (a |my |annual |summer |christmas |maternity |paternity |parental |sick |medical |family |extended |personal |) (vacation|holiday|holidays|leave|sabbatical|business trip|break|annual leave|pto)',
		'(out of (the |)office|out-of-office|limited access to (my |)(email|e-mail|mail)|intermittent access|no access to (my |)(email|e-mail|mail))',
		"(i will|i'll|shall|will) (be back|return|reply|respond|answer|get back|be returning|be out|be away|be travel*|be unavailable)",
		"(i am|i'm|will be) (away|absent|unavailable|on leave|travelling|traveling|sleeping|on holiday|on vacation)",
		'(automatic|automated|auto) (reply|response|message|answer)',
		"(in my absence|during my absence|while i am away|while i'm away|upon my return|when i return)",
	],
	de: [
		'(ich habe|wir haben|habe) (urlaub|betriebsferien|frei|elternzeit)',
		'(betriebsferien|betriebsurlaub|werksferien|wieder für sie da|(vom|bis) * geschlossen)',
		'(ich bin|wir sind|bin|ist|sind) * (nicht (im büro|im haus|erreichbar|am arbeitsplatz)|abwesend|außer haus|ausser haus|im urlaub|in urlaub|auf dienstreise|in elternzeit|in mutterschutz|wieder (da|erreichbar|im büro|zurück))',
		'(während meiner abwesenheit|in meiner abwesenheit|nach meiner rückkehr|ihre (nachricht|e-mail|mail) wird nicht (weitergeleitet|automatisch)|automatische (antwort|nachricht))',
	],
	fr: [
		'(je suis|nous sommes|actuellement|serai|suis) * (absent*|en congé*|en vacances|en déplacement|hors du bureau|de retour|indisponible)',
		'(pendant mon absence|en mon absence|à mon retour|dès mon retour|réponse automatique|message automatique)',
	],
	es: [
		'(estoy|estaré|me encuentro|estamos|estare) * (fuera de|de vacaciones|ausente|de viaje|de baja|de permiso|de regreso)',
		'(durante mi ausencia|en mi ausencia|a mi regreso|respuesta automática|a mi vuelta)',
	],
	pt: [
		'(estou|estarei|encontro-me|estamos) * (fora do|de férias|em férias|ausente|em viagem|de licença|de volta)',
		'(durante a minha ausência|na minha ausência|no meu regresso|no meu retorno|resposta automática)',
	],
	it: [
		'(sono|sarò|saremo|siamo) * (fuori|assente|in ferie|in vacanza|in trasferta|in maternità|di ritorno|non disponibile)',
		'(durante la mia assenza|in mia assenza|al mio (rientro|ritorno)|risposta automatica)',
	],
	nl: [
		'(ik ben|wij zijn|ben|is) * (afwezig|niet (aanwezig|op kantoor|bereikbaar)|op vakantie|met (vakantie|verlof|zwangerschapsverlof)|buiten kantoor|weer (terug|aanwezig|bereikbaar))',
		'(tijdens mijn afwezigheid|bij mijn terugkomst|automatisch antwoord|automatische reactie)',
	],
	sv: [
		'(jag är|jeg er|vi är|är|er) * (frånvarande|på semester|inte på kontoret|tillbaka|föräldraledig|tjänstledig|på resa|på ferie|fraværende|ikke (på kontoret|til stede|tilgængelig|tilgjengelig)|bortrest|på barsel|tilbake|tilbage)',
		'(under min frånvaro|i mit fravær|i mitt fravær|automatiskt svar|automatisk svar|autosvar)',
	],
	fi: [
		'(olen|olemme) * (lomalla|poissa|matkoilla|vapaalla|palaan|vuosilomalla|työmatkalla|äitiyslomalla|tavoitettavissa)',
		'(automaattinen vastaus|poissaoloni aikana)',
	],
	pl: [
		'(jestem|będę|przebywam|jesteśmy) * (nieobecn*|na urlopie|poza biurem|niedostępn*|w delegacji|dostępn*)',
		'(podczas mojej nieobecności|w czasie mojej nieobecności|automatyczna odpowiedź)',
	],
	cs: [
		'(jsem|budu|som|nejsem) * (mimo kancelář|na dovolené|nepřítom*|na dovolenke|neprítomn*|k dispozici|zpět)',
		'(v mé nepřítomnosti|po dobu mé nepřítomnosti|automatická odpověď)',
	],
	hu: ['(szabadságon|házon kívül|irodán kívül|nem vagyok elérhető|távollétem|távol vagyok)'],
	ro: [
		'(sunt|voi fi) * (plecat*|în concediu|in concediu|absent*|indisponibil*)',
		'(în lipsa mea|in absența mea|răspuns automat)',
	],
	tr: [
		'(ofis dışında*|izinde*|yıllık izin*|tatilde*|otomatik yanıt*|dönüşümde|izindeyim|ofiste değilim)',
	],
	el: [
		'(είμαι|θα είμαι|βρίσκομαι|απουσιάζω) * (εκτός γραφείου|σε άδεια|διακοπές|απουσ*)',
		'(απουσιάζω|θα απουσιάζω|εκτός γραφείου)',
	],
	ru: [
		'меня (не будет|нет) * (в офисе|на работе|на месте)',
		'(я |)(нахожусь|буду|отсутствую|сейчас|в настоящее время) * (в отпуске|отпуск*|командировк*|отсутств*|вне офиса|на больничном|недоступ*)',
		'(в мое отсутствие|в моё отсутствие|по возвращении|автоматический ответ|нахожусь в отпуске|вернусь|буду отсутствовать)',
	],
	uk: [
		'(перебуваю|буду|знаходжуся) * (у відпустці|відпустк*|відрядженн*|відсутн*)',
		'(під час моєї відсутності|за моєї відсутності|автоматична відповідь)',
	],
	ja: [
		'(不在|休暇|外出|出張|休業|お休み|休みを)*(しております|いただ|のため|中で|です|となり|頂いて|とさせて)',
		'(自動返信|自動応答|自動送信|不在にして|休暇中|出張中|不在の)',
	],
	zh: [
		'(我在|我正在|我将|我已|本人|我们|目前|现在)(休假|外出|出差|不在办公室|不在辦公室|度假|请假)',
		'(自动回复|自動回覆|自动答复|不在办公室|不在公司|休假中|休假期间|出差中|出差期间|外出期间|正在休假|正在出差|您好，我|稍后回复|尽快回复|盡快回覆)',
	],
	ko: ['(부재중|부재 중|휴가 중|휴가중|출장 중|출장중|자동 회신|자동 응답|자리를 비)'],
	he: ['(אני לא במשרד|אני בחופשה|מחוץ למשרד|מענה אוטומטי)'],
	ar: ['(خارج المكتب|في إجازة|إجازة|رد تلقائي)'],
	vi: [
		'(đang đi (vắng|nghỉ|công tác)|nghỉ phép|vắng mặt|sedang cuti|di luar kantor|ไม่อยู่ที่สำนักงาน|ลาพักร้อน)',
	],
};

/** Sentences on people who left, and on addresses that they gave up for another. */
const left: Readonly<Record<string, readonly string[]>> = {
	en: [
		"(no longer|not|does not|doesn't|don't|isn't) (any longer |) (works|work|working|employed|an employee|with (the |our |this |)(company|organisation|organization|firm|university|us|school|bank|agency)|part of|a member of staff|associated with|affiliated with|at this (company|address|organization|organisation)) (here|at|for|by|with|in|of|)",
		'(no longer|not) (works|work|working|employed|with (us|the company|the organization|the organisation|the firm)|at this address)',
		'(has|have|had) (left|departed|retired from|resigned from|moved on from) (the |our |this |)(company|organisation|organization|firm|employment|business|university|school|team|agency|bank|department|employ|institute|position)',
		'(has|have) (left|retired|resigned|departed|passed away|moved on)(.|,| and| on| as| in| since| from)',
		'(no longer|not any longer) (use|using|uses|check|checks|monitor|monitors|have access to|read|reading|receive|at) (this|the|that|my|messages at|mail at) (email|e-mail|mail|address|account|mailbox|inbox)',
		'(my|our|a|his|her|the|their) new (email|e-mail|mail|) address (is|:|will be|has changed)',
		'(my|our|his|her) (email|e-mail|mail|) address (has|have) (changed|moved)',
		"(i have|i've|we have|we've) (moved to|changed to|a new|changed my|changed our|changed) * (address|email|e-mail)",
	],
	de: [
		'(arbeitet|ist|bin|arbeite|sind|steht|gehört) (leider |) (nicht mehr|nicht länger) (im|in|bei|für|beim|hier|tätig|als|zu|unter|zum|im unternehmen) ',
		'(nicht mehr (bei uns|im unternehmen|für uns|in unserem|tätig|beschäftigt|im hause|gültig|aktiv|gelesen|verwendet|genutzt|erreichbar unter|abgerufen))',
		'(hat (das unternehmen|die firma|unser haus|unser unternehmen|unseren verein) verlassen|ist (ausgeschieden|im ruhestand)|aus dem unternehmen ausgeschieden|neue (e-mail-adresse|mailadresse|adresse|emailadresse) (lautet|ist))',
	],
	fr: [
		"(ne (travaille|fait|fais) plus|n'est plus|n'exerce plus|a quitté|ont quitté|ai quitté|ne fait plus partie) (partie|dans|chez|au|à|pour|la|notre|l'|la société|l'entreprise|valide|active|utilisée|en service|en activité)",
		"(nouvelle adresse (est|e-mail|mail|électronique|:)|adresse n'est plus|n'est plus (utilisée|valide|active|consultée|en service))",
	],
	es: [
		'(ya no|no) (trabaja|trabajo|labora|forma parte|pertenece|está|se encuentra|presta) * (empresa|compañía|organización|aquí|nosotros|institución|activ*|oficina|cargo)',
		'(ya no (está|esta) (en uso|activ*|disponible|vigente|operativ*)|mi nueva dirección|nueva dirección de correo|nuevo correo)',
	],
	pt: [
		'(não|já não|nao) (trabalha|trabalho|faz|faço|integra|está|pertence) (mais |) * (empresa|organização|companhia|instituição|conosco|connosco|equipe|equipa|ativo|em uso)',
		'(não está mais (em uso|ativo|ativa)|deixou (a empresa|de trabalhar)|novo (e-mail|email|endereço))',
	],
	it: [
		'(non (lavora|lavoro|fa|è|sono) più) * (azienda|società|organizzazione|qui|parte|attiv*|valid*|utilizzat*|in uso|presso)',
		"(ha lasciato (l'azienda|la società)|nuovo indirizzo)",
	],
	nl: [
		'(werkt|werk|is|ben) (helaas |) niet (meer|langer) (bij|voor|in|werkzaam|meer|hier|in dienst|actief|in gebruik)',
		'(heeft (ons bedrijf|de organisatie|het bedrijf) verlaten|niet meer in gebruik|nieuwe e-mailadres)',
	],
	sv: [
		'(arbetar|jobbar|arbejder|jobber|är|er) (inte längre|ikke længere|ikke lenger|ej längre) (kvar |) (på|hos|i|för|ved|ansat|ansatt|aktiv|hos oss)',
		'(har slutat|har sluttet|har fratrådt|(används|i bruk|i brug) (inte|ikke) (längre|længere|lenger)|används inte längre)',
	],
	fi: ['(ei (ole|työskentele) enää|en (ole|työskentele) enää|osoite ei ole enää)'],
	pl: [
		'(nie pracuje już|już nie pracuje|nie pracuję już|nie jest już (pracownikiem|zatrudnion*)|zakończył* pracę|adres nie jest już (używany|aktywny))',
	],
	cs: ['(již ne(pracuje|ní)|už ne(pracuje|ní)|v naší společnosti již|nie je už|už nepracuje)'],
	hu: ['(már nem dolgozik|nem dolgozik már)'],
	ro: ['(nu mai lucrează|nu mai lucreaza|nu mai este angajat*)'],
	tr: [
		'(artık (burada |şirketimizde |)çalışmıyor*|artık (kullanılmamaktadır|kullanılmıyor|aktif değil)|görevinden ayrıl*)',
	],
	el: ['(δεν εργάζεται πλέον|δεν εργάζομαι πλέον)'],
	ru: [
		'(больше не (работает|работаю|используется|является сотрудником)|уволился|уволилась|уволен*|уже не работает|покинул* компанию|адрес больше не|новый адрес (электронной|почты))',
	],
	uk: ['(більше не (працює|працюю|використовується))'],
	ja: [
		'(退職|退社|異動|在籍しておりません|使用しておりません|使われておりません|利用できなく|メールアドレスが変更|アドレスを変更|新しいメールアドレス)',
	],
	zh: [
		'(已离职|已離職|已经离职|离职|離職|不再使用|已停用|不再担任|新邮箱|新的邮箱|邮箱已更换|郵箱已更換|信箱已更換)',
	],
	ko: ['(퇴사|퇴직|더 이상 (사용|근무)|메일 주소가 변경|이직)'],
};

/** Sentences on mailboxes that nobody reads any more: as good as a bounce. */
const closed: Readonly<Record<string, readonly string[]>> = {
	en: [
		'(this |the |my |your |that |)(email |e-mail |mail |)(address|inbox|mailbox|account|email|e-mail|inbox *|mailbox *|address *) (is|will be|has been|was|are) (no longer|not any more|not) (in use|used|active|valid|monitored|available|checked|being used|in service|being monitored|maintained|accessible)',
		'(this |)(mailbox|inbox|email address|e-mail address|account|address) (is|has been|was) (closed|retired|discontinued|deactivated|disabled|abandoned|decommissioned)',
	],
	de: [
		'(diese|dieses|die|das) (e-mail-adresse|adresse|mailadresse|postfach|e-mail-konto|mailbox) * (nicht mehr (verwendet|genutzt|abgerufen|gelesen|gültig|aktiv|in gebrauch|betreut)|geschlossen|stillgelegt|abgeschaltet|deaktiviert)',
	],
	fr: ["cette (adresse|boîte|boite) * (n'est plus|est fermée|a été (fermée|supprimée|désactivée))"],
	es: [
		'(esta|este) (dirección|cuenta|buzón|correo) * (ya no|ha sido (cerrad*|desactivad*|eliminad*))',
	],
	pt: [
		'(este|esta) (endereço|conta|caixa|e-mail|email) * (não está mais|já não|foi (desativad*|encerrad*))',
	],
	it: ['(questo|questa) (indirizzo|casella|account) * (non è più|è stat* (chius*|disattivat*))'],
	nl: [
		'(dit|deze) (e-mailadres|adres|mailbox|postvak) * (niet meer|niet langer|is opgeheven|is gesloten)',
	],
	sv: [
		'(denna|denne|dette|den här) (adress*|e-postadress*|mailadress*|postkasse*|brevlåda*|mailboks*|e-mailadresse*) * (inte längre|ikke længere|ikke lenger)',
	],
	pl: ['(ten adres|ta skrzynka) * (nie jest już|już nie|został* (zamknięt*|wyłączon*))'],
	ru: [
		'(этот адрес|этот ящик|данный (адрес|ящик)|почтовый ящик) * (больше не|закрыт|не используется)',
	],
	ja: ['(このメールアドレスは|当メールアドレスは|本メールアドレスは)'],
	zh: ['(此邮箱|该邮箱|本邮箱|此信箱|此郵箱)(已停用|不再使用|已关闭|已不再使用|已經停用)'],
};

/** Acknowledgements of help desks and shops: the mail arrived, and nobody is away. */
const acknowledgements = new PhraseSet(
	phrasesOf('acknowledgement', [
		"(we have|we've|has been|have|was|we) (received|registered|logged|created|opened) (your |a |by |)(message|request|email|e-mail|enquiry|inquiry|ticket|mail|case|application|order|support|our)",
		'(thank you|thanks) (for|very much for) (contacting|your (message|email|e-mail|enquiry|inquiry|request|interest|mail)|writing|getting in touch|emailing)',
		'(ticket|case|request|reference) (number|id|no|has been|#|nr|created)',
		'your (request|ticket|case|message|email|enquiry|inquiry) * (has been received|was received|is being reviewed|has been (logged|registered|created))',
		'(vielen dank für (ihre|deine) (nachricht|anfrage|e-mail|mail)|ihre (anfrage|nachricht) (ist|wurde)|merci (pour|de) (votre message|nous avoir)|gracias por (contactar*|su mensaje|escribir)|obrigad* (por|pelo) (seu|entrar)|grazie per (averci|il)|bedankt voor uw (bericht|e-mail)|спасибо за (ваше|обращение)|お問い合わせ(いただき|ありがとう)|感谢您的(来信|邮件|咨询))',
	]),
);

export const autoReplySubjects = byLanguage(subjects);
export const awaySubjects = byLanguage(weakSubjects);
export const awaySentences = byLanguage(bodies);
export const leftSentences = byLanguage(left);
export const closedSentences = byLanguage(closed);
export { acknowledgements };

/** One set of all languages; the owner of a phrase is its language. */
function byLanguage(texts: Readonly<Record<string, readonly string[]>>): PhraseSet {
	return new PhraseSet(
		Object.entries(texts).flatMap(([language, phrases]) => phrasesOf(language, phrases)),
	);
}
