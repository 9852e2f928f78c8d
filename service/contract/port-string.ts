import type { Protocol, Security } from './account.ts';

/** What a port string says; what it leaves open is as usual for its port. */
export interface PortSettings {
	protocol: Extract<Protocol, 'imap' | 'pop3'>;
	port: number;
	security: Security;
	verifyCertificate: boolean;
}

/** What a whole mailbox string says. */
export interface MailboxSettings extends PortSettings {
	server: string;
	/** "" when it names none. */
	folder: string;
	/** "" when it names none. */
	userName: string;
}

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

/** Understands a mailbox as imap_open has it: "{mail.example.org:995/pop3/ssl}INBOX", with or without the braces and the
 *  folder, and with a flag /user=. Without a port it is the usual one of the flags, where imap_open takes 143 unless told
 *  otherwise.
 *  @returns undefined when it is no such string; a plain host name is none */
export function readMailboxString(written: string): MailboxSettings | undefined {
	const [, inBraces, folder = ''] = /^\{([^{}]+)\}(.*)$/.exec(written.trim()) ?? [];
	const [place = '', ...flags] = (inBraces ?? written.trim()).split('/');
	const [, server = '', number] =
		/^((?:[a-z0-9_-]+\.)*[a-z0-9_-]+|\[[0-9a-f:.]+\])(?::(\d+))?$/i.exec(place) ?? [];
	if (!server || (inBraces === undefined && number === undefined && flags.length === 0))
		return undefined;
	const isUser = (flag: string) => flag.toLowerCase().startsWith('user=');
	const others = flags.filter((flag) => !isUser(flag));
	const settings = readPortString([number ?? usualPortOf(others), ...others].join('/'));
	if (!settings) return undefined;
	const hasProtocol = others.some((flag) => /^(service=)?(imap|pop3)/i.test(flag));
	return {
		...settings,
		// imap_open speaks IMAP unless it is told to speak POP3, whatever the port.
		protocol:
			hasProtocol || settings.port === 110 || settings.port === 995 ? settings.protocol : 'imap',
		server,
		folder: folder.trim(),
		userName: flags.find(isUser)?.slice('user='.length) ?? '',
	};
}

function usualPortOf(flags: readonly string[]): number {
	const has = (flag: string) => flags.some((one) => one.toLowerCase() === flag);
	if (has('pop3') || has('service=pop3')) return has('ssl') ? 995 : 110;
	return has('ssl') ? 993 : 143;
}

/** All that imap_open takes and that says nothing against reading; those without a meaning here are passed over. */
const knownFlags = new Set(
	'pop3 imap imap2 imap2bis imap4 imap4rev1 service=pop3 service=imap ssl tls notls validate-cert novalidate-cert norsh secure readonly debug'.split(
		' ',
	),
);
