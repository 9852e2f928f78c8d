/** Enhanced status codes (RFC 3463 and the IANA registry of SMTP Enhanced Status Codes) → reason. The class digit is
 *  left out: full mailboxes say 4.2.2 and 5.2.2. Codes that servers use loosely (x.0.0, x.1.0, x.5.0, x.7.0, x.7.1)
 *  stand in `looseStatuses` and decide only when no words do. */
const reasonByStatus: Readonly<Record<string, string>> = {
	'1.1': 'user-unknown',
	'1.2': 'host-unknown',
	'1.3': 'user-unknown',
	'1.4': 'user-unknown',
	'1.6': 'moved',
	'1.7': 'sender-rejected',
	'1.8': 'sender-rejected',
	'1.9': 'message-malformed',
	// RFC 7505 null MX; Exchange Online says it of unknown recipients.
	'1.10': 'user-unknown',
	'2.1': 'mailbox-disabled',
	'2.2': 'mailbox-full',
	'2.3': 'message-too-big',
	'2.4': 'server-trouble',
	'3.1': 'server-full',
	'3.2': 'server-trouble',
	'3.3': 'server-trouble',
	'3.4': 'message-too-big',
	'3.5': 'server-trouble',
	'4.1': 'not-answering',
	'4.2': 'not-answering',
	'4.3': 'network-trouble',
	'4.4': 'host-unknown',
	'4.5': 'server-trouble',
	'4.6': 'loop',
	'4.7': 'not-answering',
	'4.14': 'loop',
	'5.1': 'command-syntax',
	'5.2': 'command-syntax',
	'5.3': 'rate-limited',
	'5.4': 'command-syntax',
	'5.5': 'command-syntax',
	'5.6': 'authentication-required',
	'6.1': 'content-refused',
	'6.2': 'content-refused',
	'6.3': 'content-refused',
	'6.5': 'content-refused',
	'6.6': 'content-refused',
	'6.7': 'message-malformed',
	'7.2': 'restricted-recipient',
	'7.3': 'authentication-required',
	'7.4': 'authentication-required',
	'7.5': 'authentication-required',
	'7.6': 'authentication-required',
	'7.7': 'authentication-required',
	'7.8': 'authentication-required',
	'7.9': 'authentication-required',
	'7.10': 'tls-failed',
	'7.11': 'tls-failed',
	'7.13': 'mailbox-disabled',
	'7.14': 'authentication-required',
	'7.17': 'mailbox-disabled',
	'7.18': 'user-unknown',
	'7.20': 'authentication-failed',
	'7.21': 'authentication-failed',
	'7.22': 'authentication-failed',
	'7.23': 'authentication-failed',
	'7.24': 'authentication-failed',
	'7.25': 'reverse-dns-missing',
	'7.26': 'authentication-failed',
	'7.27': 'sender-rejected',
	'7.28': 'rate-limited',
	'7.29': 'authentication-failed',
	'7.30': 'tls-failed',
	// Microsoft's documentation of non-delivery reports of Exchange Online.
	'1.20': 'message-malformed',
	'1.90': 'rate-limited',
	'2.14': 'server-trouble',
	'2.107': 'mailbox-disabled',
	'2.121': 'rate-limited',
	'2.122': 'rate-limited',
	'4.12': 'loop',
	'4.300': 'not-answering',
	'4.310': 'host-unknown',
	'4.311': 'host-unknown',
	'4.312': 'host-unknown',
	'4.316': 'not-answering',
	'4.317': 'tls-failed',
	'7.12': 'restricted-recipient',
	'7.57': 'authentication-required',
	'7.60': 'sender-rejected',
	'7.64': 'relaying-denied',
	'7.105': 'sender-rejected',
	'7.123': 'restricted-recipient',
	'7.124': 'restricted-recipient',
	'7.125': 'restricted-recipient',
	'7.128': 'policy',
	'7.129': 'restricted-recipient',
	'7.133': 'restricted-recipient',
	'7.134': 'restricted-recipient',
	'7.135': 'restricted-recipient',
	'7.136': 'restricted-recipient',
	'7.193': 'restricted-recipient',
	'7.232': 'rate-limited',
	'7.233': 'rate-limited',
	'7.321': 'tls-failed',
	'7.322': 'tls-failed',
	'7.323': 'tls-failed',
	'7.324': 'tls-failed',
	'7.325': 'tls-failed',
	'7.501': 'blocklisted',
	'7.502': 'blocklisted',
	'7.503': 'blocklisted',
	'7.504': 'sender-rejected',
	'7.505': 'sender-rejected',
	'7.506': 'sender-rejected',
	'7.507': 'blocklisted',
	'7.508': 'rate-limited',
	'7.509': 'authentication-failed',
	'7.510': 'restricted-recipient',
	'7.511': 'blocklisted',
	'7.512': 'message-malformed',
	'7.513': 'blocklisted',
	'7.515': 'authentication-failed',
	'7.606': 'blocklisted',
	'7.700': 'rate-limited',
	'7.705': 'rate-limited',
	'7.708': 'blocklisted',
	'7.750': 'sender-rejected',
};

/** What servers usually mean by the codes that say little. */
const looseStatuses: Readonly<Record<string, string>> = {
	'1.0': 'recipient-refused',
	'2.0': 'recipient-refused',
	'3.0': 'server-trouble',
	'4.0': 'not-answering',
	'5.0': 'command-syntax',
	'6.0': 'spam-content',
	'7.0': 'policy',
	'7.1': 'policy',
};

/** SMTP reply codes (RFC 5321 §4.2.3, RFC 7504, RFC 4954) → reason, when nothing else decides. 550 and 554 are said of everything. */
const reasonByReplyCode: Readonly<Record<number, string>> = {
	421: 'server-trouble',
	432: 'authentication-required',
	450: 'recipient-refused',
	451: 'server-trouble',
	452: 'server-full',
	454: 'tls-failed',
	500: 'command-syntax',
	501: 'command-syntax',
	502: 'command-syntax',
	503: 'command-syntax',
	504: 'command-syntax',
	521: 'no-mail-service',
	523: 'message-too-big',
	525: 'mailbox-disabled',
	530: 'authentication-required',
	534: 'authentication-required',
	535: 'authentication-required',
	538: 'tls-failed',
	551: 'moved',
	552: 'mailbox-full',
	556: 'no-mail-service',
};

/** The reason that a status leaves no doubt about.
 *  @param status as RFC 3463 §2 writes it: "5.1.1" */
export function reasonOfStatus(status: string | undefined): string | undefined {
	return status && reasonByStatus[subjectAndDetail(status)];
}

/** The reason that a loosely used status suggests. */
export function looseReasonOfStatus(status: string | undefined): string | undefined {
	return status && looseStatuses[subjectAndDetail(status)];
}

/** The reason that an SMTP reply code suggests. */
export function reasonOfReplyCode(code: number | undefined): string | undefined {
	return code === undefined ? undefined : reasonByReplyCode[code];
}

function subjectAndDetail(status: string): string {
	const [, subject, detail] = status.split('.');
	const number = Number(detail);
	// Microsoft bans ranges of addresses: 5.7.606 to 649.
	if (subject === '7' && number >= 606 && number <= 649) return '7.606';
	return `${Number(subject)}.${number}`;
}
