import { expect, test } from 'vitest';
import { classify } from '../../service/classify/classify.ts';
import { shippedCatalogue } from '../../service/classify/presets.ts';
import { parseMessage } from '../../service/messages/parse-message.ts';

const catalogue = shippedCatalogue('recommended');

/** Reports without RFC 3464 fields, in the layout of their servers. */
const reports: readonly {
	server: string;
	from: string;
	subject: string;
	text: string;
	says: Readonly<Record<string, string>>;
	kind?: string;
}[] = [
	{
		server: 'Courier',
		from: '"Courier mail server at mail.mail.example" <@>',
		subject: 'NOTICE: mail delivery status.',
		text: `This is a delivery status notification from mail.mail.example,
running the Courier mail server, version 1.0.

The original message was received on Thu, 5 Nov 2026 10:00:00 +0000
from web.example.org (192.0.2.20)

---------------------------------------------------------------------------

                           UNDELIVERABLE MAIL

Your message to the following recipients cannot be delivered:

<anna@mail.example>:
    mx.mail.example [203.0.113.5]:
>>> RCPT TO:<anna@mail.example>
<<< 550 5.1.1 <anna@mail.example>... User Unknown

---------------------------------------------------------------------------`,
		says: { 'anna@mail.example': 'user-unknown' },
	},
	{
		server: 'Oracle Messaging Server',
		from: 'Internet Mail Delivery <postmaster@ms.mail.example>',
		subject: 'Delivery Notification: Delivery has failed',
		text: `This report relates to a message you sent with the following header fields:

  Message-id: <1@example.org>
  Date: Thu, 05 Nov 2026 10:00:00 +0000
  From: Garden <news@example.org>
  To: anna@mail.example
  Subject: News

Your message cannot be delivered to the following recipients:

  Recipient address: anna@mail.example
  Original address: anna@mail.example
  Reason: Remote SMTP server has rejected address
  Diagnostic code: smtp;550 5.2.2 <anna@mail.example>... Mailbox full
  Remote system: dns;mx.mail.example (TCP|192.0.2.20|4711|203.0.113.5|25)`,
		says: { 'anna@mail.example': 'mailbox-full' },
	},
	{
		server: 'IMail',
		from: '"Postmaster" <postmaster@mail.example>',
		subject: 'Undeliverable Mail',
		text: `User mailbox exceeds allowed size: anna@mail.example

Original message follows.

Received: from web.example.org [192.0.2.20] by mail.example
From: news@example.org
To: anna@mail.example`,
		says: { 'anna@mail.example': 'mailbox-full' },
	},
	{
		server: 'IMail, unknown user',
		from: '"Postmaster" <postmaster@mail.example>',
		subject: 'Undeliverable Mail',
		text: `Unknown user: anna@mail.example

Original message follows.`,
		says: { 'anna@mail.example': 'user-unknown' },
	},
	{
		server: 'GroupWise',
		from: 'Mailer-Daemon@mail.example',
		subject: 'Message status - undeliverable',
		text: `The message that you sent was undeliverable to the following:
	anna@mail.example (user not found)
`,
		says: { 'anna@mail.example': 'user-unknown' },
	},
	{
		server: 'hMailServer',
		from: 'mailer-daemon@mail.example',
		subject: 'Message undeliverable: News',
		text: `Your message did not reach some or all of the intended recipients.

   Sent: Thu, 5 Nov 2026 10:00:00 +0000
   Subject: News

The following recipient(s) could not be reached:

anna@mail.example
   Error Type: SMTP
   Remote server (203.0.113.5) issued an error.
   hMailServer sent: RCPT TO:<anna@mail.example>
   Remote server replied: 550 5.1.1 User unknown

hMailServer`,
		says: { 'anna@mail.example': 'user-unknown' },
	},
	{
		server: 'CommuniGate Pro',
		from: 'MAILER-DAEMON@mail.example',
		subject: 'Undeliverable mail: News',
		text: `Failed to deliver to 'anna@mail.example'
LOCAL module(account anna) reports:
 mailbox is full (quota exceeded)
`,
		says: { 'anna@mail.example': 'mailbox-full' },
	},
	{
		server: 'Barracuda',
		from: 'postmaster@barracuda.mail.example',
		subject: '**Message you sent blocked by our bulk email filter**',
		text: `Your message to: anna@mail.example
was blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED:

Subject: News`,
		says: { 'anna@mail.example': 'spam-content' },
	},
	{
		server: 'qmail, several recipients',
		from: 'MAILER-DAEMON@mail.example',
		subject: 'failure notice',
		text: `Hi. This is the qmail-send program at mail.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<anna@mail.example>:
Sorry, no mailbox here by that name. (#5.1.1)

<ben@nowhere.example>:
Sorry, I couldn't find any host named nowhere.example. (#5.1.2)

--- Below this line is a copy of the message.

Return-Path: <news@example.org>`,
		says: { 'anna@mail.example': 'user-unknown', 'ben@nowhere.example': 'host-unknown' },
	},
	{
		server: 'sendmail, in the old style',
		from: 'Mail Delivery Subsystem <MAILER-DAEMON@mail.example>',
		subject: 'Returned mail: User unknown',
		text: `The original message was received at Thu, 5 Nov 2026 10:00:00 +0000
from web.example.org [192.0.2.20]

   ----- The following addresses had permanent fatal errors -----
<anna@mail.example>

   ----- Transcript of session follows -----
... while talking to mx.mail.example.:
>>> RCPT To:<anna@mail.example>
<<< 550 <anna@mail.example>... User unknown
550 <anna@mail.example>... User unknown

   ----- Original message follows -----

Return-Path: <news@example.org>`,
		says: { 'anna@mail.example': 'user-unknown' },
	},
	{
		server: 'XMail',
		from: 'MAILER-DAEMON@mail.example',
		subject: 'Error sending message [1262.mail.example]',
		text: `[<00>] XMail bounce: Rcpt=[anna@mail.example];Error=[550 Mailbox unavailable: no such user]


[<01>] Error sending message [1262.mail.example] from [mail.example].

ID:        <S1262>
Mail From: <news@example.org>
Rcpt To:   <anna@mail.example>`,
		says: { 'anna@mail.example': 'user-unknown' },
	},
	{
		server: 'Yandex',
		from: 'mailer-daemon@yandex.example',
		subject: 'Недоставленное сообщение',
		text: `Это письмо отправлено почтовым сервером yandex.example.

К сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не может
быть отправлено одному или нескольким адресатам. Причины указаны ниже.

<anna@mail.example>: host mx.mail.example[203.0.113.5] said: 550 5.1.1
    <anna@mail.example>: Recipient address rejected: User unknown (in reply
    to RCPT TO command)`,
		says: { 'anna@mail.example': 'user-unknown' },
	},
	{
		server: 'a German provider',
		from: 'MAILER-DAEMON@post.example',
		subject: 'Ihre Nachricht konnte nicht zugestellt werden',
		text: `Ihre Nachricht konnte an folgende Empfänger nicht zugestellt werden:

anna@mail.example

Grund: Das Postfach des Empfängers ist voll.`,
		says: { 'anna@mail.example': 'mailbox-full' },
	},
	{
		server: 'a French provider',
		from: 'postmaster@courrier.example',
		subject: 'Échec de la remise de votre message',
		text: `Votre message n'a pas pu être remis au destinataire suivant :

anna@mail.example

Motif : utilisateur inconnu`,
		says: { 'anna@mail.example': 'user-unknown' },
	},
	{
		server: 'QQ',
		from: 'PostMaster@qq.example',
		subject: '系统退信/Systems bounce',
		text: `抱歉，您的邮件被退回来了……

收件人：anna@mail.example
退信原因：收件人邮箱地址不存在，邮件无法送达。`,
		says: { 'anna@mail.example': 'user-unknown' },
	},
	{
		server: 'a Japanese mobile operator',
		from: 'Postmaster@keitai.example',
		subject: 'Mail System Error - Returned Mail',
		text: `次のあて先へのメッセージはエラーのため送信できませんでした。

送信先メールアドレスが見つかりませんでした。

<anna@mail.example>`,
		says: { 'anna@mail.example': 'user-unknown' },
	},
	{
		server: 'Exchange, by a display name',
		from: 'System Administrator <postmaster@mail.example>',
		subject: 'Undeliverable: News',
		text: `Delivery has failed to these recipients or groups:

Anna Berg (anna@mail.example)
The recipient's mailbox is full and can't accept messages now. Please try resending your message later.

Diagnostic information for administrators:

Generating server: mail.example`,
		says: { 'anna@mail.example': 'mailbox-full' },
	},
	{
		server: 'Domino',
		from: 'Postmaster@mail.example',
		subject: 'DELIVERY FAILURE: User anna (anna@mail.example) not listed in Domino Directory',
		text: `Your message

  Subject: News

was not delivered to:

  anna@mail.example

because:

  User anna (anna@mail.example) not listed in Domino Directory`,
		says: { 'anna@mail.example': 'user-unknown' },
	},
	{
		server: 'Exim, a warning',
		kind: 'delayed',
		from: 'Mail Delivery System <Mailer-Daemon@mail.example>',
		subject: 'Warning: message 1vGdLy-0003Xz-1P delayed 24 hours',
		text: `This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mail.example.

The address to which the message has not yet been delivered is:

  anna@mail.example
    Delay reason: connection timed out

No action is required on your part. Delivery attempts will continue for
some time.`,
		says: { 'anna@mail.example': 'not-answering' },
	},
];

for (const { server, from, subject, text, says, kind = 'bounce' } of reports) {
	test(`a report of ${server} is read`, () => {
		const mail = [
			`Return-Path: <>`,
			`From: ${from}`,
			`To: return@example.org`,
			`Subject: ${subject}`,
		];
		mail.push('Content-Type: text/plain; charset=utf-8', '', text);

		const found = classify(parseMessage(Buffer.from(mail.join('\n'))), catalogue);

		expect(found.kind).toBe(kind);
		expect(
			Object.fromEntries(found.verdicts.map(({ recipient, reason }) => [recipient, reason])),
		).toEqual(says);
	});
}
