import type { AccountForm } from '../../service/settings/accounts.ts';
import { addressing } from './a-mailing.ts';

/** A mail account for bounces that reads the Maildir at a path. */
export function aMaildirAccount(path: string, name = 'Bounces'): AccountForm {
	return {
		name,
		usedFor: 'bounces',
		protocol: 'maildir',
		server: '',
		port: null,
		security: 'none',
		verifyCertificate: true,
		userName: '',
		...addressing,
		returnPath: '',
		source: path,
		filingFolder: 'CiviMail',
		isActive: true,
	};
}
