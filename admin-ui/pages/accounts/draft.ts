import type { Account, AccountFields, AccountUse } from '../../../service/contract/account.ts';
import { usualFiling } from '../../../service/contract/activity.ts';
import type { FilingOptions } from '../../../service/contract/activity.ts';
import type { Asked } from '../../api.ts';

/** What the form holds: fields as they are typed, and the password apart because it never comes back from the service. */
export interface Draft extends Omit<AccountFields, 'port'> {
	/** As typed; "" for the usual port. */
	port: string;
	/** undefined keeps the stored password. */
	password: string | undefined;
	/** The mailbox's own address, of an account for activities: its local part and domain in one, as typed. */
	ownAddress: string;
	filing: FilingOptions;
}

/** The form for a new account, or for one that exists. */
export function draftOf(account?: Account, usedFor: AccountUse = 'bounces'): Draft {
	if (!account) return { ...emptyDraft, usedFor };
	const { id, hasPassword, isDefault, lastReadAt, lastProblem, ...fields } = account;
	return {
		...fields,
		port: fields.port === null ? '' : String(fields.port),
		password: hasPassword ? undefined : '',
		ownAddress: `${fields.localPart}@${fields.emailDomain}`,
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
	ownAddress: '',
	filing: usualFiling,
	isActive: true,
};

/** What is sent. A number field holds "" when no number was typed; whether a number can be a port, the service says. An
 *  account for activities has one address, and no return addresses to be told apart. */
export function fieldsAsked({ port, ownAddress, ...draft }: Draft): Asked<'addAccount'> {
	const typed = port.trim();
	const fields = { ...draft, port: typed === '' ? null : Number(typed) };
	if (draft.usedFor === 'bounces') return fields;

	const address = ownAddress.trim();
	const at = address.lastIndexOf('@');
	return {
		...fields,
		localPart: at < 0 ? '' : address.slice(0, at),
		emailDomain: at < 0 ? address : address.slice(at + 1),
		returnPath: '',
	};
}
