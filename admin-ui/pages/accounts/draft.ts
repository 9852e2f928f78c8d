import { __, sprintf } from '@wordpress/i18n';
import { isOnThisMachine } from '../../../service/contract/account.ts';
import type {
	Account,
	AccountFields,
	AccountUse,
	Protocol,
} from '../../../service/contract/account.ts';
import { usualFiling } from '../../../service/contract/activity.ts';
import type { FilingOptions } from '../../../service/contract/activity.ts';
import type { MailProvider, MailServer } from '../../../service/contract/mail-providers.ts';
import { readMailboxString, readPortString } from '../../../service/contract/port-string.ts';
import { usualOAuth } from '../../../service/contract/oauth.ts';
import type { Authentication, OAuthFields } from '../../../service/contract/oauth.ts';
import type { Asked } from '../../api.ts';
import { protocolLabel, securityLabel } from '../../words/accounts.ts';

/** What the form holds: fields as they are typed, and the password apart because it never comes back from the service. */
export interface Draft extends Omit<AccountFields, 'port'> {
	/** As typed; "" for the usual port. */
	port: string;
	/** undefined keeps the stored password. */
	password: string | undefined;
	/** The mailbox's own address, of an account for activities: its local part and domain in one, as typed. */
	ownAddress: string;
	filing: FilingOptions;
	authentication: Authentication;
	oauth: OAuthFields;
	/** As the password. */
	clientSecret: string | undefined;
	asMailArrives: boolean;
	purgeProcessed: boolean;
	purgeUnprocessed: boolean;
}

/** The form for a new account, or for one that exists. */
export function draftOf(account?: Account, usedFor: AccountUse = 'bounces'): Draft {
	if (!account) return { ...emptyDraft, usedFor };
	const { id, hasPassword, hasClientSecret, isDefault, authorisation, ...rest } = account;
	const { lastReadAt, lastProblem, failures, failingSince, nextTryAt, ...fields } = rest;
	return {
		...fields,
		port: fields.port === null ? '' : String(fields.port),
		password: hasPassword ? undefined : '',
		clientSecret: hasClientSecret ? undefined : '',
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
	authentication: 'password',
	oauth: usualOAuth,
	clientSecret: '',
	asMailArrives: false,
	purgeProcessed: true,
	purgeUnprocessed: false,
	isActive: true,
};

/** What is sent; a port string that was typed a moment ago is understood. Whether a number can be a port, the service says:
 *  what is no number is sent as 0. An account for activities has one address, and no return addresses to be told apart. */
export function fieldsAsked(typedDraft: Draft): Asked<'addAccount'> {
	const { port, ownAddress, ...draft } = { ...typedDraft, ...understoodIn(typedDraft) };
	const typed = port.trim();
	const fields = { ...draft, port: typed === '' ? null : Number(typed) || 0 };
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

/** What becomes of the form when another protocol is chosen. A path on this machine is no folder of a server. */
export function readBy(protocol: Protocol, draft: Draft): Partial<Draft> {
	const isAsBefore = isOnThisMachine(protocol) === isOnThisMachine(draft.protocol);
	return { protocol, ...(isAsBefore ? {} : { source: '' }) };
}

/** The provider's server for a protocol; its IMAP server where it has no POP3. */
export function serverOf({ imap, pop3 }: MailProvider, { protocol }: Draft): MailServer {
	return protocol === 'pop3' && pop3 ? pop3 : imap;
}

/** What a provider's mailboxes need, by the protocol that was chosen if the provider has it. */
export function settingsOf(provider: MailProvider, draft: Draft): Partial<Draft> {
	const { signIn, oauth } = provider;
	const { server, port, security } = serverOf(provider, draft);
	return {
		protocol: draft.protocol === 'pop3' && provider.pop3 ? 'pop3' : 'imap',
		server,
		port: String(port),
		security,
		verifyCertificate: true,
		...(signIn === 'oauth2' && oauth
			? { authentication: 'oauth2' as const, oauth: { ...usualOAuth, provider: oauth } }
			: {}),
	};
}

/** Whether a form has a provider's server already. */
export function fitsProvider(draft: Draft, provider: MailProvider): boolean {
	const { server, security } = serverOf(provider, draft);
	const hasProtocol = draft.protocol === 'imap' || provider.pop3 !== null;
	return hasProtocol && draft.server.trim().toLowerCase() === server && draft.security === security;
}

type Understood = Pick<Draft, 'port'> &
	Partial<
		Pick<Draft, 'protocol' | 'server' | 'security' | 'verifyCertificate' | 'source' | 'userName'>
	>;

/** Ports that say by themselves what is spoken there. */
const tellingPorts = ['110', '143', '993', '995'];

/** What a port string ("995/pop3/novalidate-cert") or a whole mailbox string ("{host:993/imap/ssl}INBOX") says that was
 *  entered as server or port; undefined when neither is one. */
export function understoodIn({ server, port, userName }: Draft): Understood | undefined {
	const settings = port.includes('/') ? readPortString(port) : undefined;
	if (settings) return { ...settings, port: String(settings.port) };

	const mailbox =
		readMailboxString(server) ?? (/[{:]/.test(port) ? readMailboxString(port) : undefined);
	if (!mailbox) return undefined;
	const { folder, userName: named, ...found } = { ...mailbox, port: String(mailbox.port) };
	const hasFlags = /[{/]/.test(server + port);
	if (!hasFlags && !tellingPorts.includes(found.port))
		return { server: found.server, port: found.port };
	return {
		...found,
		...(folder && folder.toUpperCase() !== 'INBOX' ? { source: folder } : {}),
		...(named && !userName.trim() ? { userName: named } : {}),
	};
}

/** What was typed before and what it was understood as, as a sentence. */
export function understoodSentence(written: string, found: Understood): string {
	const { protocol, server, port, security, verifyCertificate, source, userName } = found;
	const parts = [
		protocol && protocolLabel(protocol),
		server,
		/* translators: %s: a port number. */
		sprintf(__('port %s', 'return-channel'), port),
		security &&
			(security === 'none' ? __('no encryption', 'return-channel') : securityLabel(security)),
		verifyCertificate === false && __('certificate not checked', 'return-channel'),
		/* translators: %s: name of a mail folder. */
		source && sprintf(__('folder %s', 'return-channel'), source),
		/* translators: %s: a user name. */
		userName && sprintf(__('user %s', 'return-channel'), userName),
	];
	return sprintf(
		/* translators: 1: what was typed, 2: what it means: "POP3, port 995, TLS". */
		__('“%1$s” was understood as: %2$s. Please check the fields.', 'return-channel'),
		written.trim(),
		parts.filter(Boolean).join(', '),
	);
}

/** What each group of fields gets: the draft, how to change it, and what is wrong with each field. */
export interface FieldsProps {
	draft: Draft;
	edit: (changes: Partial<Draft>) => void;
	problems: Readonly<Record<string, string>>;
}
