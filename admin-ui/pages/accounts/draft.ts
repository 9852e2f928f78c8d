import type { Account, AccountFields } from '../../../service/contract/account.ts';
import type { Asked } from '../../api.ts';

/** What the form holds: fields as they are typed, and the password apart because it never comes back from the service. */
export interface Draft extends Omit<AccountFields, 'port'> {
	/** As typed; "" for the usual port. */
	port: string;
	/** undefined keeps the stored password. */
	password: string | undefined;
}

/** The form for a new account, or for one that exists. */
export function draftOf(account?: Account): Draft {
	if (!account) return emptyDraft;
	const { id, hasPassword, isDefault, lastReadAt, lastProblem, ...fields } = account;
	return {
		...fields,
		port: fields.port === null ? '' : String(fields.port),
		password: hasPassword ? undefined : '',
	};
}

const emptyDraft: Draft = {
	name: '',
	usedFor: 'bounces',
	protocol: 'imap',
	server: '',
	port: '',
	security: 'tls',
	verifyCertificate: true,
	userName: '',
	password: '',
	localPart: 'return+',
	emailDomain: '',
	separator: '.',
	returnPath: '',
	source: '',
	filingFolder: 'CiviMail',
	isActive: true,
};

/** What is sent. A number field holds "" when no number was typed; whether a number can be a port, the service says. */
export function fieldsAsked({ port, ...draft }: Draft): Asked<'addAccount'> {
	const typed = port.trim();
	return { ...draft, port: typed === '' ? null : Number(typed) };
}
