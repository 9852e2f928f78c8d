import type { MailboxAddress } from './mail-store.ts';

/** What a port string says; what it leaves open is as usual for its port. */
export type PortSettings = Pick<
	MailboxAddress,
	'protocol' | 'port' | 'security' | 'verifyCertificate'
>;

/** Ports with TLS from the start (RFC 8314 §3); all others begin in plain text. */
const tlsPorts = [993, 995];
const imapPorts = [143, 993];

/** Understands how phpList, and PHP's imap_open whose flags these are (php.net/imap_open), write the port of a bounce
 *  mailbox: "110/pop3/notls", "995/pop3/ssl/novalidate-cert", "143/imap/tls", or just a number. `tls` is STARTTLS there
 *  and `ssl` is TLS from the start. Without either flag PHP takes STARTTLS if the server offers it; here it is then
 *  required, which never sends a password in plain text unasked.
 *  @returns undefined when it is no such string */
export function readPortString(written: string): PortSettings | undefined {
	const [number = '', ...flags] = written.trim().toLowerCase().split('/');
	const port = Number(number);
	if (!/^\d{1,5}$/.test(number) || port < 1 || port > 65_535) return undefined;
	if (flags.some((flag) => !knownFlags.has(flag))) return undefined;
	const has = (flag: string) => flags.includes(flag);
	const isImap = flags.some((flag) => flag.startsWith('imap')) || has('service=imap');
	const isPop3 = has('pop3') || has('service=pop3');
	const isTls = has('ssl') || (tlsPorts.includes(port) && !has('tls') && !has('notls'));
	return {
		protocol: isImap || (!isPop3 && imapPorts.includes(port)) ? 'imap' : 'pop3',
		port,
		security: isTls ? 'tls' : has('notls') ? 'none' : 'starttls',
		verifyCertificate: !has('novalidate-cert'),
	};
}

/** All that imap_open takes and that says nothing against reading; those without a meaning here are passed over. */
const knownFlags = new Set(
	'pop3 imap imap2 imap2bis imap4 imap4rev1 service=pop3 service=imap ssl tls notls validate-cert novalidate-cert norsh secure readonly debug'.split(
		' ',
	),
);
