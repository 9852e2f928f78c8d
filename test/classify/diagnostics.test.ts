import { describe, expect, test } from 'vitest';
import { judge } from '../../service/classify/judge.ts';
import { shippedCatalogue } from '../../service/classify/presets.ts';

const catalogue = shippedCatalogue('recommended');

/** What servers say in the SMTP dialogue, by the reason that it means. The wording is the servers' own; addresses,
 *  hosts and IP addresses are invented. */
const sayings: Readonly<Record<string, readonly string[]>> = {
	'user-unknown': [
		'550 5.1.1 <anna@mail.example>: Recipient address rejected: User unknown in local recipient table',
		'550 5.1.1 <anna@mail.example>... User unknown',
		'550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the address',
		'550 5.1.1 The email account that you tried to reach does not exist. https://support.google.com/mail/?p=NoSuchUser',
		'550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
		'550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [DB5EUR01FT036.eop-EUR01.prod.protection.outlook.com]',
		"554 delivery error: dd This user doesn't have a yahoo.example account (anna@yahoo.example) [0] - mta1.mail.yahoo.example",
		'550 No such user here',
		'550 Unrouteable address',
		'550 Requested action not taken: mailbox unavailable',
		'550 5.7.1 <anna@mail.example>: No such user',
		'550 sorry, no mailbox here by that name. (#5.7.17)',
		'511 sorry, no mailbox here by that name (#5.1.1 - chkuser)',
		'550 Invalid recipient anna@mail.example (#5.1.1)',
		'550 #5.1.0 Address rejected anna@mail.example - user unknown',
		'550 5.1.1 User does not exist - psmtp',
		'550 Mailbox not found',
		'550 Address unknown',
		'553 sorry, this recipient is not in my validrcptto list (#5.7.1) no such user',
		'550 5.0.0 <anna@mail.example>... User unknown',
		'450 4.1.1 <anna@mail.example>: Recipient address rejected: User unknown in virtual mailbox table',
		'550 5.1.1 unknown or illegal alias: anna@mail.example',
		"550 Account doesn't exist",
		'User anna (anna@mail.example) not listed in Domino Directory',
		'550 Benutzer existiert nicht',
		'550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]',
		'550 El usuario no existe',
		'550 Usuário desconhecido',
		'550 utente sconosciuto',
		'550 Пользователь не найден',
		'550 用户不存在',
		'550 宛先のメールアドレスが見つかりません',
		'550 수신자를 찾을 수 없습니다',
		'550 Nie ma takiego użytkownika',
	],
	'mailbox-full': [
		'452 4.2.2 The email account that you tried to reach is over quota. Please direct the recipient to',
		'552 5.2.2 <anna@mail.example>: mailbox full',
		"552-5.2.2 The recipient's inbox is out of storage space and inactive. Please direct",
		'554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException; Failed to process message',
		'550 5.1.1 <anna@mail.example> user over quota',
		'422 Recipient mailbox is full',
		'552 Quota exceeded (mailbox for user is full)',
		'550 5.7.1 Mailbox quota exceeded',
		'452 4.1.1 anna@mail.example 4.2.2 mailbox full',
		'552 Mailbox limit exceeded for this email address',
		'550 User has exhausted allowed storage space; disk quota exceeded',
		'554 5.2.2 Postfach des Empfängers ist voll',
		'552 Boîte aux lettres pleine',
		'552 Buzón lleno',
		'552 La casella di posta è piena',
		'550 почтовый ящик переполнен',
		'550 用户邮箱已满',
		'552 メールボックスの容量を超えています',
	],
	'mailbox-disabled': [
		'550 5.2.1 The email account that you tried to reach is disabled.',
		'554 30 Sorry, your message to anna@mail.example cannot be delivered. This mailbox is disabled (554.30).',
		'550 5.2.1 This mailbox has been blocked due to inactivity',
		'525 5.7.13 User account is disabled',
		'550 account has been suspended',
		'550 The mailbox is inactive and has been closed',
		'550 user is inactive',
		'550 Konto wurde gesperrt',
		'550 Cuenta desactivada',
		'550 账号已停用',
	],
	'host-unknown': [
		'Host or domain name not found. Name service error for name=nowhere.example type=A: Host not found',
		'550 5.1.2 <anna@nowhere.example>... Host unknown (Name server: nowhere.example: host not found)',
		'DNS Error: Domain name not found',
		'550 unrouteable mail domain "nowhere.example"',
		'5.4.4 Unable to route: no mail hosts for domain',
		"Sorry, I couldn't find any host named nowhere.example. (#5.1.2)",
	],
	'no-mail-service': [
		'556 5.1.10 Recipient address has a null MX',
		'Domain nowhere.example does not accept mail (nullMX)',
		'an MX or SRV record indicated no SMTP service',
		'521 5.3.2 nowhere.example does not accept mail',
	],
	moved: [
		'551 5.1.6 User has moved; please try <anna.neu@umzug.example>',
		'550 The recipient has moved, no forwarding address',
	],
	blocklisted: [
		'550 5.7.1 Service unavailable; client [192.0.2.1] blocked using zen.spamhaus.org',
		'554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.spamcop.net; Blocked',
		'550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal from this list please visit',
		"550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
		'421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints',
		'554 IP=192.0.2.25 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de) (BL)',
		'550 5.1.1 <anna@mail.example>: your IP address 192.0.2.1 is on our blacklist',
		'554 5.7.1 You are not allowed to connect.',
		'550-Your server with the IP 192.0.2.1 is listed in a DNSBL',
		'550 IP 192.0.2.1 is blocked. Request delisting at',
	],
	'bad-reputation': [
		'550 5.7.1 [192.0.2.1] Our system has detected that the reputation of this sending domain is very low',
		'554-Bad DNS reputation of your sender score 192.0.2.1',
		'554 IP=192.0.2.9 - None/bad reputation',
	],
	'authentication-failed': [
		'550-5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.',
		"550 5.7.26 Unauthenticated email from example.org is not accepted due to domain's DMARC policy.",
		'550 5.7.23 The message was rejected because of Sender Policy Framework violation',
		'550 5.7.1 SPF check failed: 192.0.2.1 is not allowed to send mail from example.org',
		'550 5.7.509 Access denied, sending domain example.org does not pass DMARC verification',
		'554 5.7.9 Message not accepted for policy reasons. DKIM failed',
	],
	'reverse-dns-missing': [
		'550-5.7.25 [192.0.2.1] The IP address sending this message does not have a PTR record setup',
		'450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]',
		'554 5.7.1 Reverse DNS lookup for host 192.0.2.1 failed permanently',
		'550 5.7.1 <mail.example.org>: Helo command rejected: Host not found',
	],
	'spam-content': [
		'550-5.7.1 Our system has detected that this message is likely unsolicited mail.',
		'554 5.7.1 This message has been blocked because it contains spam',
		'550 High probability of spam',
		'554 rejected due to spam content',
		'550 Message refused as SPAM (score 12.3)',
		'554 5.7.1 Message scored too high on spam scale',
		'550 Ihre Nachricht wurde als Spam erkannt',
		'550 spam message rejected. Please visit http://help.mail.example/notspam',
		'550 5.7.0 Reject, id=12345-01 - SPAM',
		'550 This message was classified as SPAM and may not be delivered',
	],
	virus: [
		'554 5.7.1 Message contains a virus (Eicar-Test-Signature)',
		'550 infected with malware: rejected',
	],
	policy: [
		'554 5.7.1 The message from (<bounce@example.org>) with the subject of (News) matches a profile the Internet community may consider policy violation',
		'550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy',
		'550 Administrative prohibition',
		'552-5.7.0 This message was blocked because its attachment type is not allowed by policy',
	],
	'rate-limited': [
		'450-4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.',
		'421 4.7.28 Our system has detected an unusual rate of mail. rate limited',
		'452 4.5.3 Too many messages in this session',
		'451 4.7.500 Server busy. Too many messages received from your IP per hour; throttled',
		'550 5.4.5 Daily sending quota exceeded',
		'450 4.7.1 Rate limit exceeded for your server',
	],
	'too-many-connections': [
		'421 4.7.0 Too many connections from your IP 192.0.2.1',
		'421 Too many concurrent SMTP connections; please try again later.',
	],
	'message-too-big': [
		'552 5.3.4 Message size exceeds fixed limit',
		'552 5.2.3 Message exceeds maximum fixed size',
		"523 the message size exceeds the recipient's size limit: 10240000 bytes",
		'550 5.7.1 Message too large for this mailbox: size limit exceeded',
		'552 Nachricht ist zu groß',
	],
	'relaying-denied': [
		'550 5.7.1 Unable to relay for anna@mail.example',
		'554 5.7.1 <anna@mail.example>: Relay access denied',
		'550 relay not permitted',
		"553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
	],
	'sender-rejected': [
		'553 5.1.8 <bounce@example.org>: Sender address rejected: Domain not found',
		"550 5.1.7 The sender's address was syntactically invalid",
		'550 Sender verify failed',
		'550-Verification failed for <bounce@example.org> 550 Sender verify failed',
		'554 5.7.1 sender is in my badmailfrom',
	],
	'restricted-recipient': [
		'550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized to send to this recipient',
		'550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed',
		'550 5.7.1 You are not allowed to post to this mailing list',
	],
	'tls-failed': [
		'530 5.7.0 Must issue a STARTTLS command first',
		'454 4.7.0 TLS not available due to local problem',
	],
	'not-answering': [
		'connect to mx.mail.example[192.0.2.1]:25: Connection timed out',
		'4.4.7 Message expired',
		'retry timeout exceeded',
		'550 4.4.7 QUEUE.Expired; message expired',
		'connect to mx.mail.example[192.0.2.1]:25: Connection refused',
		'lost connection with mx.mail.example[192.0.2.1] while receiving the initial server greeting',
		'all hosts for mail.example have been failing for a long time (and retry time not reached)',
	],
	loop: [
		'5.4.6 Too many hops 26 (25 max)',
		'554 5.4.14 Hop count exceeded - possible mail loop',
		'mail for mail.example loops back to myself',
	],
	'server-trouble': [
		'451 4.3.0 Temporary lookup failure',
		'451 Requested action aborted: local error in processing',
		'554 5.3.5 system config error',
	],
	'server-full': [
		'452 4.3.1 Insufficient system storage',
		'452 4.3.1 Out of memory; no space left on device',
	],
	'mailer-error': ['Command died with status 127: "/usr/bin/procmail"'],
	'message-malformed': [
		'550 5.7.1 Messages missing a valid Message-ID header are not accepted.',
		'554 5.6.0 Message with invalid header rejected',
		'550 Message contains bare LF and is violating 822.bis section 2.3',
	],
	suppressed: [
		'550 5.1.1 Amazon SES did not send the message because the address is on the suppression list for your account',
	],
	greylisted: ['451 4.7.1 Greylisting in action, please come back in 00:05:00'],
	'command-syntax': [
		'501 5.5.4 Syntax error in parameters or arguments',
		'503 5.5.1 Bad sequence of commands',
	],
};

for (const [reason, texts] of Object.entries(sayings)) {
	describe(reason, () => {
		for (const text of texts) {
			test(`“${text.slice(0, 90)}” means ${reason}`, () => {
				const verdict = judge({ diagnostic: text }, catalogue);

				expect(`${verdict.reason} by ${verdict.decidedBy}`).toContain(`${reason} by `);
			});
		}
	});
}
