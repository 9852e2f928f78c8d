import { describe, expect, test } from 'vitest';
import { judge } from '../../service/classify/judge.ts';
import { shippedCatalogue } from '../../service/classify/presets.ts';

const catalogue = shippedCatalogue('recommended');

/** What servers and providers tell people in their own languages, by the type that it means; `message-too-big` is a
 *  reason, as people differ about its type. Our own sentences in the manner of such servers. */
const sayings: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
	Korean: {
		Invalid: [
			'550 5.1.1 존재하지 않는 사용자입니다',
			'수신자를 찾을 수 없습니다',
			'해당 메일 주소가 존재하지 않습니다',
			'받는 사람의 메일 주소를 찾을 수 없습니다',
			'등록되지 않은 사용자',
			'없는 계정입니다',
		],
		Quota: [
			'받는 사람의 메일함 용량이 초과되었습니다',
			'메일함이 가득 찼습니다',
			'수신자의 편지함 용량 초과',
			'메일 용량이 부족하여 수신할 수 없습니다',
		],
		Inactive: [
			'휴면 계정입니다',
			'사용이 중지된 계정',
			'탈퇴한 회원입니다',
			'장기간 미사용으로 휴면 처리된 메일',
		],
		Spam: ['스팸 메일로 차단되었습니다', '발신 IP가 차단되었습니다', '수신 거부된 메일입니다'],
		DNS: ['도메인을 찾을 수 없습니다', '존재하지 않는 도메인입니다'],
		Host: ['상대방 메일 서버가 응답하지 않습니다', '연결 시간이 초과되었습니다'],
		'message-too-big': ['메일의 크기가 너무 큽니다'],
	},
	Thai: {
		Invalid: ['ไม่พบผู้รับ', 'ไม่พบที่อยู่อีเมล', 'ไม่มีผู้ใช้รายนี้', 'บัญชีผู้ใช้ไม่มีอยู่จริง'],
		Quota: ['กล่องจดหมายเต็ม', 'กล่องจดหมายของผู้รับเต็ม', 'พื้นที่จัดเก็บเต็ม'],
		Inactive: ['บัญชีถูกระงับ', 'บัญชีถูกปิดใช้งาน'],
		Spam: ['ข้อความถูกปฏิเสธเนื่องจากเป็นสแปม'],
		DNS: ['ไม่พบโดเมน'],
		Host: ['ไม่สามารถเชื่อมต่อกับเซิร์ฟเวอร์'],
		'message-too-big': ['ข้อความมีขนาดใหญ่เกินไป'],
	},
	Vietnamese: {
		Invalid: [
			'Địa chỉ email không tồn tại',
			'Không tìm thấy người nhận',
			'Không tìm thấy địa chỉ',
			'Tài khoản không tồn tại',
		],
		Quota: ['Hộp thư của người nhận đã đầy', 'Hộp thư đầy', 'Vượt quá dung lượng hộp thư'],
		Inactive: ['Tài khoản đã bị khóa', 'Tài khoản đã bị vô hiệu hóa', 'Tài khoản ngừng hoạt động'],
		Spam: ['Thư bị từ chối vì là thư rác', 'địa chỉ IP bị chặn'],
		DNS: ['Tên miền không tồn tại', 'Không tìm thấy tên miền'],
		Host: ['Không thể kết nối đến máy chủ', 'Hết thời gian kết nối'],
		'message-too-big': ['Thư quá lớn'],
	},
	Arabic: {
		Invalid: [
			'المستخدم غير موجود',
			'لم يتم العثور على المستلم',
			'عنوان البريد الإلكتروني غير موجود',
			'تعذر العثور على العنوان',
		],
		Quota: ['صندوق البريد ممتلئ', 'علبة بريد المستلم ممتلئة', 'تم تجاوز الحصة'],
		Inactive: ['الحساب معطل', 'تم تعطيل الحساب', 'الحساب غير نشط'],
		Spam: ['تم رفض الرسالة لأنها بريد مزعج', 'تم حظر عنوان IP'],
		DNS: ['النطاق غير موجود', 'لم يتم العثور على النطاق'],
		Host: ['تعذر الاتصال بالخادم', 'انتهت مهلة الاتصال'],
		'message-too-big': ['الرسالة كبيرة جدا', 'حجم الرسالة كبير جدًا'],
	},
	Hebrew: {
		Invalid: [
			'המשתמש לא קיים',
			'הנמען לא נמצא',
			'כתובת הדואר האלקטרוני לא נמצאה',
			'הכתובת אינה קיימת',
		],
		Quota: ['תיבת הדואר מלאה', 'תיבת הדואר של הנמען מלאה', 'חריגה ממכסת האחסון'],
		Inactive: ['החשבון מושבת', 'החשבון אינו פעיל', 'תיבת הדואר חסומה'],
		Spam: ['ההודעה נדחתה כדואר זבל', 'כתובת ה-IP חסומה'],
		DNS: ['הדומיין לא קיים', 'הדומיין לא נמצא'],
		Host: ['לא ניתן להתחבר לשרת'],
		'message-too-big': ['ההודעה גדולה מדי'],
	},
	Persian: {
		Invalid: ['کاربر یافت نشد'],
		Quota: ['صندوق پستی پر است'],
	},
	Hindi: {
		Invalid: ['प्राप्तकर्ता नहीं मिला'],
		Quota: ['मेलबॉक्स भरा हुआ है'],
	},
	'Other languages in Latin script': {
		Quota: [
			'Kotak surat penuh',
			'Posta kutusu dolu',
			'Alıcının posta kutusu dolu',
			'Poštanski sandučić je pun',
			'Pretinac primatelja je pun',
			'De mailbox van de ontvanger is vol',
			'Mottagarens postlåda är full',
			'Modtagerens postkasse er fuld',
			'Mottakerens postboks er full',
			'Postkassen er full',
			'Vastaanottajan postilaatikko on täynnä',
			'Skrzynka odbiorcy jest pełna',
			'Przekroczono limit pojemności skrzynki',
			'Schránka příjemce je plná',
			'Poštovní schránka je plná',
			'A címzett postafiókja megtelt',
			'Căsuța poștală este plină',
		],
		Inactive: [
			'Akun dinonaktifkan',
			'Hesap devre dışı',
			'Het account is uitgeschakeld',
			'Kontot är inaktiverat',
			'Kontoen er spærret',
			'Kontoen er deaktivert',
			'Tili on poistettu käytöstä',
			'Konto zostało zablokowane',
			'Konto nieaktywne',
			'Účet je zablokován',
			'A fiók le van tiltva',
			'Contul este dezactivat',
		],
		Invalid: [
			'Alamat email tidak ditemukan',
			'Kullanıcı bulunamadı',
			'Korisnik ne postoji',
			'E-mailadres bestaat niet',
			'Mottagaren finns inte',
			'Brugeren findes ikke',
			'Mottakeren ble ikke funnet',
			'Vastaanottajaa ei löydy',
			'Nie znaleziono adresata',
			'Adresa nebyla nalezena',
			'Uživatel neexistuje',
			'A címzett nem található',
			'Destinatarul nu a fost găsit',
		],
		DNS: [
			'Domain tidak ditemukan',
			'Etki alanı bulunamadı',
			'Domein niet gevonden',
			'Verkkotunnusta ei löydy',
			'Domena nie istnieje',
			'Doména neexistuje',
			'A tartomány nem létezik',
			'Domeniul nu există',
		],
		Spam: [
			'İleti spam olarak reddedildi',
			'Bericht geweigerd als spam',
			'Wiadomość odrzucona jako spam',
		],
	},
	Greek: {
		Quota: ['Το γραμματοκιβώτιο του παραλήπτη είναι γεμάτο'],
		Invalid: ['Δεν βρέθηκε ο παραλήπτης'],
		Inactive: ['Ο λογαριασμός είναι απενεργοποιημένος'],
		DNS: ['Ο τομέας δεν βρέθηκε'],
	},
	'Russian, Ukrainian, Bulgarian, Serbian': {
		Quota: [
			'Поштова скринька переповнена',
			'Пощенската кутия е пълна',
			'Поштанско сандуче је пуно',
			'Почтовый ящик переполнен',
			'превышена квота',
		],
		Invalid: [
			'Користувача не знайдено',
			'Потребителят не съществува',
			'Пользователь не найден',
			'Такого адреса не существует',
		],
		Inactive: [
			'Обліковий запис заблоковано',
			'Почтовый ящик заблокирован',
			'Учетная запись отключена',
		],
		Spam: ['Письмо отклонено как спам'],
		DNS: ['Домен не существует', 'домен не найден'],
		Host: ['Сервер не отвечает'],
		'message-too-big': ['Слишком большой размер письма'],
	},
	Chinese: {
		Quota: ['收件人邮箱已满', '对方邮箱空间不足', '收件者信箱已滿'],
		Inactive: ['该邮箱已被禁用', '帐号已停用', '用户已被锁定'],
		Spam: ['邮件被识别为垃圾邮件', '被反垃圾系统拦截', '发信IP被列入黑名单'],
		DNS: ['域名不存在', '找不到收件人域名'],
		Host: ['连接对方服务器超时', '对方服务器拒绝连接'],
		'message-too-big': ['邮件大小超过限制'],
		Invalid: ['收件人不存在', '该用户不存在', '找不到收件者'],
	},
	'Spanish and Portuguese': {
		Quota: ['El buzón del destinatario está lleno', 'El usuario ha superado la cuota de disco'],
		Inactive: ['La cuenta está suspendida', 'Cuenta inactiva', 'buzón deshabilitado'],
		Spam: ['Su mensaje fue rechazado por contener spam', 'IP em lista negra'],
		DNS: ['El dominio no existe', 'domínio não encontrado'],
		'message-too-big': ['El mensaje es demasiado grande', 'Mensagem muito grande'],
	},
	Italian: {
		Quota: ['Casella piena', 'La casella di posta del destinatario ha superato la quota'],
		Inactive: ['casella sospesa', "L'account è stato disattivato"],
		Spam: ['messaggio rifiutato in quanto spam'],
		DNS: ['dominio inesistente'],
	},
	German: {
		Quota: [
			'Postfach des Empfängers ist voll',
			'Der Speicherplatz des Postfachs ist erschöpft',
			'Kontingent überschritten',
		],
		Invalid: [
			'Empfänger unbekannt',
			'Die E-Mail-Adresse wurde nicht gefunden',
			'Diese Adresse gibt es bei uns nicht',
		],
		Inactive: ['Das Postfach ist gesperrt', 'Konto deaktiviert', 'Der Account wurde gelöscht'],
		Spam: ['Nachricht wurde als Spam abgelehnt', 'Ihre IP-Adresse ist gesperrt'],
		DNS: ['Domain existiert nicht'],
		Host: ['Zeitüberschreitung der Verbindung', 'Server nicht erreichbar'],
		'message-too-big': ['Die Nachricht ist zu groß'],
	},
	French: {
		Quota: ['La boîte aux lettres du destinataire est pleine', 'Quota dépassé', 'boite pleine'],
		Invalid: [
			'Destinataire inconnu',
			'Adresse inexistante',
			"L'adresse de messagerie que vous avez entrée est introuvable",
		],
		Inactive: ['Compte désactivé', 'boite suspendue'],
		Spam: ['Message rejeté car considéré comme spam'],
		DNS: ['Domaine inexistant', 'nom de domaine introuvable'],
		Host: ['Délai de connexion dépassé'],
		'message-too-big': ['message trop volumineux'],
	},
};

for (const [language, byMeaning] of Object.entries(sayings)) {
	describe(language, () => {
		for (const [meaning, texts] of Object.entries(byMeaning)) {
			test(`${meaning} is understood in each of its wordings`, () => {
				const misunderstood = texts.flatMap((text) => {
					const { type, reason, decidedBy } = judge({ diagnostic: text }, catalogue);
					return [type, reason].includes(meaning) ? [] : [`${text}: ${reason} by ${decidedBy}`];
				});

				expect(misunderstood).toEqual([]);
			});
		}
	});
}
