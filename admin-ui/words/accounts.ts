import { __ } from '@wordpress/i18n';
import { isOnThisMachine } from '../../service/contract/account.ts';
import type {
	AccountFields,
	AccountUse,
	Protocol,
	Security,
} from '../../service/contract/account.ts';

export function useLabel(use: AccountUse): string {
	const labels: Record<AccountUse, string> = {
		bounces: __('Bounce processing', 'return-channel'),
		activities: __('Email-to-activity processing', 'return-channel'),
	};
	return labels[use];
}

/** What an account for this does, and how many there can be. */
export function useExplained(use: AccountUse): string {
	const sentences: Record<AccountUse, string> = {
		bounces: __(
			'Mail that comes back is read here. Exactly one account of a site is for bounces. One mailbox cannot serve both purposes.',
			'return-channel',
		),
		activities: __(
			'Mail is filed with the contacts who wrote it or got it. There can be any number of such accounts. One mailbox cannot serve both purposes.',
			'return-channel',
		),
	};
	return sentences[use];
}

export function protocolLabel(protocol: Protocol): string {
	const labels: Record<Protocol, string> = {
		imap: __('IMAP', 'return-channel'),
		pop3: __('POP3', 'return-channel'),
		maildir: __('Maildir', 'return-channel'),
		mbox: __('mbox', 'return-channel'),
		'eml-folder': __('Folder of .eml files', 'return-channel'),
	};
	return labels[protocol];
}

export function securityLabel(security: Security): string {
	const labels: Record<Security, string> = {
		tls: __('TLS', 'return-channel'),
		starttls: __('STARTTLS', 'return-channel'),
		none: __('None (readable on the way)', 'return-channel'),
	};
	return labels[security];
}

/** The port taken when none is given: over TLS from the start (RFC 8314 §3), and the plain one (RFC 9051 §2.1, RFC 1939 §3). */
export function usualPort(security: Security, protocol: Protocol = 'imap'): number {
	if (protocol === 'pop3') return security === 'tls' ? 995 : 110;
	return security === 'tls' ? 993 : 143;
}

/** A return address as it will look, with the grammar's own example numbers (requirement A1):
 *  "return+" at "example.org" → "return+b.12.345.0123456789abcdef@example.org". */
export function exampleReturnAddress(
	fields: Pick<AccountFields, 'localPart' | 'emailDomain' | 'separator'>,
): string {
	const domain = fields.emailDomain.trim() || 'example.org';
	const parts = ['b', '12', '345', '0123456789abcdef'].join(fields.separator);
	return `${fields.localPart.trim()}${parts}@${domain}`;
}

/** Where an account's mails are read from, in short: "imap.example.org, INBOX". */
export function placeOf(
	account: Pick<AccountFields, 'protocol' | 'server' | 'userName' | 'source'>,
): string {
	if (isOnThisMachine(account.protocol)) return account.source;
	const folder = account.protocol === 'pop3' ? '' : account.source || 'INBOX';
	return [account.userName, account.server, folder].filter(Boolean).join(' · ');
}
