/** How mail programs introduce what they quote, by language, as they write it themselves. Made by setting their languages one
 *  after the other: Outlook (header blocks, "Original Message"), Thunderbird, Apple Mail and Gmail (lines with "wrote:"). */

/** The word that ends the line before a quote: "On 5 May 2026, Anna Berg wrote:". */
export const wroteWords: readonly string[] = [
	'wrote', // English
	'schrieb', 'hat geschrieben', 'geschrieben', // German
	'a écrit', 'écrit', // French
	'escribió', 'ha escrito', // Spanish
	'ha scritto', 'scrisse', 'scriveva', // Italian
	'escreveu', // Portuguese
	'schreef', 'heeft geschreven', 'geschreven', // Dutch
	'skrev', 'följande', // Swedish, Danish, Norwegian
	'kirjoitti', // Finnish
	'napisał', 'napisała', 'napisał(a)', 'pisze', // Polish
	'napsal', 'napsala', 'napsal(a)', 'píše', // Czech
	'napísal', 'napísala', 'napísal(a)', // Slovak
	'írta', 'ezt írta', // Hungarian
	'a scris', // Romanian
	'написал', 'написала', 'написал(а)', 'пишет', 'писал', 'писал(а)', // Russian
	'написав', 'написала', 'пише', // Ukrainian
	'написа', // Bulgarian
	'έγραψε', // Greek
	'yazdı', 'şunu yazdı', 'şunları yazdı', // Turkish
	'napisao', 'napisala', 'napisao/la', 'написао', 'је написао/ла', // Croatian, Serbian
	'je napisal', 'je napisala', 'je napisal/a', // Slovenian
	'kirjutas', // Estonian
	'rakstīja', // Latvian
	'rašė', // Lithuanian
	'va escriure', // Catalan
	'menulis', // Indonesian
	'đã viết', // Vietnamese
	'เขียน', // Thai
	'写道', '寫道', '来信', // Chinese
	'のメール', 'は書きました', 'さんは書きました', 'が書きました', 'のメッセージ', // Japanese
	'작성', '님이 작성', '님이 씀', // Korean
	'כתב', 'כתבה', 'כתב/ה', // Hebrew
	'كتب', 'كتبت', // Arabic
]; // prettier-ignore

/** The first line of a header block above a quote. */
export const fromWords: readonly string[] = [
	'From', 'Von', 'De', 'Da', 'Van', 'Från', 'Fra', 'Lähettäjä', 'Od', 'Feladó', 'De la', 'Expéditeur', 'Remitente', 'Mittente',
	'От', 'От кого', 'Від', 'Από', 'Kimden', 'Gönderen', 'Šalje', 'Pošiljatelj', 'Saatja', 'No', 'Nuo', 'Dari', 'Từ', 'จาก',
	'差出人', '送信者', '发件人', '寄件者', '寄件人', '보낸 사람', '보낸사람', 'מאת', 'من',
]; // prettier-ignore

/** The line that says when. */
export const sentWords: readonly string[] = [
	'Sent', 'Date', 'Gesendet', 'Datum', 'Gesendet am', 'Envoyé', 'Envoyé le', 'Enviado', 'Enviado el', 'Enviado em', 'Enviada em',
	'Enviada', 'Fecha', 'Data', 'Inviato', 'Verzonden', 'Skickat', 'Sendt', 'Dato', 'Lähetetty', 'Päivämäärä', 'Päiväys', 'Wysłano',
	'Odesláno', 'Odoslané', 'Dátum', 'Elküldve', 'Küldve', 'Küldés dátuma', 'Trimis', 'Отправлено', 'Дата', 'Надіслано', 'Изпратено',
	'Στάλθηκε', 'Ημερομηνία', 'Αποστολή', 'Tarih', 'Gönderildi', 'Gönderme Tarihi', 'Poslano', 'Poslato', 'Saadetud', 'Kuupäev',
	'Nosūtīts', 'Išsiųsta', 'Dikirim', 'Tanggal', 'Đã gửi', 'Ngày', 'ส่ง', 'วันที่', '送信日時', '日付', '日時', '发送时间', '日期',
	'寄件日期', '傳送時間', '時間', '时间', '보낸 날짜', '날짜', '보낸날짜', 'נשלח', 'תאריך', 'تاريخ الإرسال', 'التاريخ', 'تم الإرسال',
]; // prettier-ignore

/** The lines that say to whom and about what. */
export const toAndSubjectWords: readonly string[] = [
	'To', 'An', 'À', 'A', 'Para', 'Aan', 'Till', 'Til', 'Vastaanottaja', 'Do', 'Komu', 'Címzett', 'Către', 'Кому', 'До', 'Προς',
	'Kime', 'Alıcı', 'Prima', 'Za', 'Kellele', 'Kam', 'Kepada', 'Đến', 'ถึง', '宛先', '收件人', '收件者', '받는 사람', '받는사람', 'אל', 'إلى',
	'Subject', 'Betreff', 'Objet', 'Asunto', 'Oggetto', 'Assunto', 'Onderwerp', 'Ämne', 'Emne', 'Aihe', 'Temat', 'Předmět', 'Predmet',
	'Tárgy', 'Subiect', 'Тема', 'Относно', 'Θέμα', 'Konu', 'Naslov', 'Zadeva', 'Teema', 'Tēma', 'Tema', 'Assumpte', 'Perihal', 'Subjek',
	'Chủ đề', 'เรื่อง', '件名', '主题', '主旨', '제목', 'נושא', 'الموضوع',
]; // prettier-ignore

/** What stands between dashes above the mail that is answered. Not what stands above a forwarded one: that is there to be
 *  read. */
export const originalWords: readonly string[] = [
	'Original Message', 'Original message', 'Original Appointment', 'Ursprüngliche Nachricht', 'Original-Nachricht', 'Originalnachricht',
	'Message d\'origine', 'Message d’origine', 'Message original', 'Mensaje original', 'Messaggio originale', 'Messaggio Originale',
	'Mensagem original', 'Mensagem Original', 'Oorspronkelijk bericht', 'Oorspronkelijk Bericht', 'Origineel bericht',
	'Ursprungligt meddelande', 'Original meddelelse', 'Oprindelig meddelelse', 'Opprinnelig melding', 'Alkuperäinen viesti',
	'Wiadomość oryginalna', 'Oryginalna wiadomość', 'Původní zpráva', 'Pôvodná správa', 'Eredeti üzenet', 'Mesaj original',
	'Исходное сообщение', 'Оригинальное сообщение', 'Вихідне повідомлення', 'Оригинално съобщение', 'Αρχικό μήνυμα', 'Orijinal Mesaj',
	'Özgün İleti', 'Izvorna poruka', 'Izvirno sporočilo', 'Algne teade', 'Missatge original', 'Pesan Asli', 'Thư gốc',
	'元のメッセージ', 'オリジナルメッセージ', '原始邮件', '原始郵件', '原郵件', '원본 메시지', '원본 메일', 'הודעה מקורית', 'الرسالة الأصلية',
]; // prettier-ignore
