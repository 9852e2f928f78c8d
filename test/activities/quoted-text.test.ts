import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { excerptOf, splitQuoted } from '../../service/messages/quoted-text.ts';

const answer = 'Yes, Friday suits me.\n\nBert';

/** Lines above a quote as mail programs write them, in the languages that they are sold in. */
const attributions: Record<string, string> = {
	'English (Gmail)': 'On Tue, 5 May 2026 at 10:00, Anna Berg <anna@example.org> wrote:',
	'English (Apple)': 'On 5 May 2026, at 10:00, Anna Berg <anna@example.org> wrote:',
	'English (Thunderbird)': 'On 05/05/2026 10:00, Anna Berg wrote:',
	German: 'Am 05.05.26 um 10:00 schrieb Anna Berg:',
	'German (Gmail)': 'Am Di., 5. Mai 2026 um 10:00 Uhr schrieb Anna Berg <anna@example.org>:',
	French: 'Le 05/05/2026 à 10:00, Anna Berg a écrit :',
	'French (Gmail)': 'Le mar. 5 mai 2026 à 10:00, Anna Berg <anna@example.org> a écrit :',
	Spanish: 'El mar, 5 may 2026 a las 10:00, Anna Berg (<anna@example.org>) escribió:',
	Italian: 'Il giorno mar 5 mag 2026 alle ore 10:00 Anna Berg <anna@example.org> ha scritto:',
	Portuguese: 'Em ter., 5 de mai. de 2026 às 10:00, Anna Berg <anna@example.org> escreveu:',
	Dutch: 'Op di 5 mei 2026 om 10:00 schreef Anna Berg <anna@example.org>:',
	Swedish: 'Den tis 5 maj 2026 kl 10:00 skrev Anna Berg <anna@example.org>:',
	Danish: 'Den tirs. 5. maj 2026 kl. 10.00 skrev Anna Berg <anna@example.org>:',
	Norwegian: 'tir. 5. mai 2026 kl. 10:00 skrev Anna Berg <anna@example.org>:',
	Finnish: 'ti 5. toukok. 2026 klo 10.00 Anna Berg (anna@example.org) kirjoitti:',
	Polish: 'wt., 5 maj 2026 o 10:00 Anna Berg <anna@example.org> napisał(a):',
	Czech: 'út 5. 5. 2026 v 10:00 odesílatel Anna Berg <anna@example.org> napsal:',
	Slovak: 'ut 5. 5. 2026 o 10:00 Anna Berg <anna@example.org> napísal(a):',
	Hungarian: 'Anna Berg <anna@example.org> ezt írta (időpont: 2026. máj. 5., K, 10:00):',
	Romanian: 'În mar., 5 mai 2026 la 10:00, Anna Berg <anna@example.org> a scris:',
	Russian: 'вт, 5 мая 2026 г. в 10:00, Anna Berg <anna@example.org>:',
	'Russian (Thunderbird)': '05.05.2026 10:00, Anna Berg пишет:',
	Ukrainian: 'вт, 5 трав. 2026 р. о 10:00 Anna Berg <anna@example.org> пише:',
	Greek: 'Στις Τρί 5 Μαΐ 2026 στις 10:00 π.μ., ο χρήστης Anna Berg <anna@example.org> έγραψε:',
	Turkish: 'Anna Berg <anna@example.org>, 5 May 2026 Sal, 10:00 tarihinde şunu yazdı:',
	Japanese: '2026年5月5日(火) 10:00 Anna Berg <anna@example.org>:',
	'Japanese (Thunderbird)': '2026/05/05 10:00、Anna Berg さんは書きました:',
	Chinese: 'Anna Berg <anna@example.org> 于2026年5月5日周二 10:00写道：',
	'Chinese (Taiwan)': 'Anna Berg <anna@example.org> 於 2026年5月5日 週二 上午10:00寫道：',
	Korean: '2026년 5월 5일 (화) 오전 10:00, Anna Berg <anna@example.org>님이 작성:',
	Hebrew: 'בתאריך יום ג׳, 5 במאי 2026 ב-10:00 מאת Anna Berg <‪anna@example.org‬‏>:',
	Arabic:
		'في الثلاثاء، 5 مايو 2026 في 10:00 ص تمت كتابة ما يلي بواسطة Anna Berg <anna@example.org>:',
	Vietnamese: 'Vào Th 3, 5 thg 5, 2026 vào lúc 10:00 Anna Berg <anna@example.org> đã viết:',
};

describe('the line above a quote', () => {
	test.each(Object.entries(attributions))('in %s, before lines with ">"', (_, attribution) => {
		const split = splitQuoted(`${answer}\n\n${attribution}\n> Does Friday suit you?\n>\n> Anna\n`);

		assert.equal(split.text, answer);
		assert.match(split.quotedText, /Does Friday suit you/);
		assert.ok(split.quotedText.startsWith(attribution.slice(0, 10)));
	});

	test.each(Object.entries(attributions))('in %s, before a quote without ">"', (_, attribution) => {
		const split = splitQuoted(`${answer}\n\n${attribution}\n\nDoes Friday suit you?\n\nAnna\n`);

		assert.equal(split.text, answer);
	});

	test('may be broken over lines', () => {
		const split = splitQuoted(
			`${answer}\n\nOn Tue, 5 May 2026 at 10:00, Anna Berg of the Example Trust\n<anna.berg@example.org>\nwrote:\n\n> Does Friday suit you?\n`,
		);

		assert.equal(split.text, answer);
	});

	test('is none when somebody tells what was written', () => {
		const text = 'As Anna wrote:\n\nit is too late. In the report she rewrote:\nnothing.\n';

		assert.deepEqual(splitQuoted(text), { text, quotedText: '' });
	});
});

/** Outlook's block, each language's words. */
const blocks: Record<string, [string, string, string, string]> = {
	English: ['From', 'Sent', 'To', 'Subject'],
	German: ['Von', 'Gesendet', 'An', 'Betreff'],
	French: ['De', 'Envoyé', 'À', 'Objet'],
	Spanish: ['De', 'Enviado el', 'Para', 'Asunto'],
	Italian: ['Da', 'Inviato', 'A', 'Oggetto'],
	Portuguese: ['De', 'Enviada em', 'Para', 'Assunto'],
	Dutch: ['Van', 'Verzonden', 'Aan', 'Onderwerp'],
	Swedish: ['Från', 'Skickat', 'Till', 'Ämne'],
	Danish: ['Fra', 'Sendt', 'Til', 'Emne'],
	Finnish: ['Lähettäjä', 'Lähetetty', 'Vastaanottaja', 'Aihe'],
	Polish: ['Od', 'Wysłano', 'Do', 'Temat'],
	Czech: ['Od', 'Odesláno', 'Komu', 'Předmět'],
	Hungarian: ['Feladó', 'Elküldve', 'Címzett', 'Tárgy'],
	Romanian: ['De la', 'Trimis', 'Către', 'Subiect'],
	Russian: ['От', 'Отправлено', 'Кому', 'Тема'],
	Greek: ['Από', 'Στάλθηκε', 'Προς', 'Θέμα'],
	Turkish: ['Kimden', 'Gönderildi', 'Kime', 'Konu'],
	Japanese: ['差出人', '送信日時', '宛先', '件名'],
	Chinese: ['发件人', '发送时间', '收件人', '主题'],
	Korean: ['보낸 사람', '보낸 날짜', '받는 사람', '제목'],
	Hebrew: ['מאת', 'נשלח', 'אל', 'נושא'],
	Arabic: ['من', 'تاريخ الإرسال', 'إلى', 'الموضوع'],
};

describe("Outlook's block", () => {
	test.each(Object.entries(blocks))(
		'in %s begins what is quoted',
		(_, [from, sent, to, subject]) => {
			const block = `${from}: Anna Berg <anna@example.org>\n${sent}: 5 May 2026 10:00\n${to}: Bert\n${subject}: Friday\n\nDoes Friday suit you?\n`;
			const split = splitQuoted(`${answer}\n\n________________________________\n${block}`);

			assert.equal(split.text, answer);
			assert.match(split.quotedText, /^_+\n/);
			assert.match(split.quotedText, /Does Friday suit you\?$/);
		},
	);

	test('is found with its words in stars, and without a rule above it', () => {
		const block = '*From:* Anna\n*Sent:* Tuesday\n*To:* Bert\n*Subject:* Friday\n\nDoes it?\n';

		assert.equal(splitQuoted(`${answer}\n\n${block}`).text, answer);
	});

	test('is no two lines that somebody wrote', () => {
		const text = 'From: 5 May\nTo: 7 May\n\nThe hall is closed.\n';

		assert.deepEqual(splitQuoted(text), { text, quotedText: '' });
	});
});

test.each([
	'-----Original Message-----',
	'-----Ursprüngliche Nachricht-----',
	'----- Message d’origine -----',
	'-----Mensaje original-----',
	'-----Messaggio originale-----',
	'-----Oorspronkelijk bericht-----',
	'-----Oprindelig meddelelse-----',
	'-----Wiadomość oryginalna-----',
	'-----Исходное сообщение-----',
	'-----原始邮件-----',
	'-----元のメッセージ-----',
])('%s begins what is quoted', (line) => {
	assert.equal(splitQuoted(`${answer}\n\n${line}\nDoes Friday suit you?\n`).text, answer);
});

describe('what stays', () => {
	test('a signature above the quote, and one below it', () => {
		const signed = `${answer}\n\n-- \nBert Cole\nExample Trust`;
		assert.equal(splitQuoted(`${signed}\n\nAnna Berg wrote:\n> Does it?\n`).text, signed);

		const below = splitQuoted(`${answer}\n\n> Does it?\n\n-- \nBert Cole\n`);
		assert.match(below.text, /Friday suits me[^>]*-- \nBert Cole$/);
		assert.equal(below.quotedText, '> Does it?');
	});

	test('an answer below the quote', () => {
		const split = splitQuoted(`Anna Berg wrote:\n> Does Friday suit you?\n\n${answer}\n`);

		assert.equal(split.text, answer);
		assert.equal(split.quotedText, 'Anna Berg wrote:\n> Does Friday suit you?');
	});

	test('answers between the quoted lines, with these', () => {
		const text =
			'Hello Anna,\n\n> Does Friday suit you?\n\nYes.\n\n> And who else comes?\n\nCarla.\n';

		assert.deepEqual(splitQuoted(text), { text, quotedText: '' });
	});

	test('a mail that is nothing but a quote, or that was forwarded', () => {
		const quote = '> Does Friday suit you?\n> Anna\n';
		assert.deepEqual(splitQuoted(quote), { text: quote, quotedText: '' });

		const forwarded = '---------- Forwarded message ---------\nSee below.\n\nFriday it is.\n';
		assert.deepEqual(splitQuoted(forwarded), { text: forwarded, quotedText: '' });
	});

	test('">From", which a mailbox file made', () => {
		const text = 'Hello,\n\n>From now on we meet on Fridays.\n\nBert\n';

		assert.deepEqual(splitQuoted(text), { text, quotedText: '' });
	});
});

test('no word is lost, whatever the text', () => {
	const line = fc.oneof(
		fc.string(),
		fc.constantFrom(
			'> quoted',
			'',
			'On 5 May 2026, Anna wrote:',
			'From: Anna',
			'Sent: today',
			'Subject: x',
			'-----Original Message-----',
			'-- ',
			'own words',
		),
	);
	fc.assert(
		fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
			const text = lines.join('\n');
			const split = splitQuoted(text);
			const signs = (of: string) => [...of.replace(/\s+/g, '')].sort().join('');

			assert.equal(signs(split.text + split.quotedText), signs(text));
		}),
	);
});

test('a megabyte of the worst lines takes no time to speak of', () => {
	const lines = ['On 5 May 2026', 'From: x', '_______', '> >', 'a:', '-----Original', 'wrote:'];
	const text = Array.from({ length: 150_000 }, (_, n) => lines[n % lines.length]).join('\n');
	const start = performance.now();
	splitQuoted(text);

	assert.ok(performance.now() - start < 2_000);
});

test('an excerpt is the first words of what the mail says itself', () => {
	const text = `${answer}\n\nOn 5 May 2026, Anna wrote:\n> Does Friday suit you?\n`;

	assert.equal(excerptOf(text), 'Yes, Friday suits me. Bert');
	assert.equal(excerptOf('a '.repeat(1_000)).length, 499);
	assert.equal(excerptOf('x'.repeat(1_000), 20).length, 20);
});
