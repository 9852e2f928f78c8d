import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';

export function aMaildirAddress(path: string): MailboxAddress {
	return {
		protocol: 'maildir',
		server: '',
		port: 0,
		security: 'none',
		verifyCertificate: true,
		userName: '',
		password: '',
		source: path,
		filingFolder: 'CiviMail',
	};
}
