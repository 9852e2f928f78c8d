import { describe, expect, test } from 'vitest';
import { accountsToShow, stateOf } from '../../admin-ui/pages/accounts/account-state.ts';
import {
	draftOf,
	fieldsAsked,
	readBy,
	understoodIn,
	understoodSentence,
} from '../../admin-ui/pages/accounts/draft.ts';
import type { ListedAccount } from '../../service/contract/account.ts';
import { usualFiling } from '../../service/contract/activity.ts';
import { requests } from '../../service/contract/messages.ts';
import { mailProviders, providerOfServer } from '../../service/contract/mail-providers.ts';
import { usualOAuth } from '../../service/contract/oauth.ts';

function anAccount(over: Partial<ListedAccount> = {}): ListedAccount {
	return {
		id: 1,
		name: 'Returned mail',
		usedFor: 'bounces',
		protocol: 'imap',
		server: 'imap.example.org',
		port: null,
		security: 'tls',
		verifyCertificate: true,
		userName: 'return',
		separator: '.',
		localPart: 'return+',
		emailDomain: 'example.org',
		returnPath: '',
		source: '',
		filingFolder: 'CiviMail',
		filing: usualFiling,
		authentication: 'password',
		oauth: usualOAuth,
		hasClientSecret: false,
		authorisation: { state: 'none', grantedAt: null, problem: null },
		isActive: true,
		hasPassword: true,
		isDefault: true,
		lastReadAt: '2026-05-05T10:00:00.000Z',
		lastProblem: null,
		failures: 0,
		failingSince: null,
		nextTryAt: null,
		asMailArrives: false,
		purgeProcessed: true,
		purgeUnprocessed: false,
		isBeingRead: false,
		mailsThisWeek: 0,
		newestMailAt: null,
		...over,
	};
}

describe('the state of an account', () => {
	const oauth = (state: 'none' | 'granted' | 'lost') => ({
		authentication: 'oauth2' as const,
		authorisation: { state, grantedAt: null, problem: null },
	});
	const cases: [string, Partial<ListedAccount>][] = [
		['working', {}],
		['not-read-yet', { lastReadAt: null }],
		['failing', { lastProblem: 'The server does not answer.' }],
		['reading', { isBeingRead: true, lastProblem: 'The server does not answer.' }],
		['paused', { isActive: false, lastProblem: 'The server does not answer.' }],
		['authorisation-lost', { ...oauth('lost'), lastProblem: 'Revoked.' }],
		['not-authorised', { ...oauth('none'), lastReadAt: null }],
		['working', oauth('granted')],
	];

	test.each(cases)('%s', (state, over) => {
		expect(stateOf(anAccount(over))).toBe(state);
	});

	test('the list begins with what somebody has to see to, and keeps its order while accounts are read', () => {
		const accounts = [
			anAccount({ id: 1, name: 'B', isBeingRead: true }),
			anAccount({ id: 2, name: 'A' }),
			anAccount({ id: 3, name: 'Paused', isActive: false }),
			anAccount({ id: 4, name: 'Z', lastProblem: 'No.' }),
			anAccount({ id: 5, name: 'Lost', ...oauth('lost') }),
		];
		const ids = (search: string, state?: 'failing') =>
			accountsToShow(accounts, { search, state }).map(({ id }) => id);

		expect(ids('')).toEqual([5, 4, 2, 1, 3]);
		expect(ids('', 'failing')).toEqual([4]);
		expect(ids('IMAP.example lost')).toEqual([5]);
		expect(ids('nobody')).toEqual([]);
	});
});

test('a connection is tested before the account has a name or addresses, and saved only after', () => {
	const asked = fieldsAsked({ ...draftOf(), server: 'imap.example.org', userName: 'return' });

	expect(requests.testAccount.safeParse(asked).success).toBe(true);
	expect(requests.addAccount.safeParse(asked).success).toBe(false);
});

test('a path on this machine does not become the folder of a server, nor a folder a path', () => {
	const maildir = { ...draftOf(), protocol: 'maildir' as const, source: '/var/mail/return' };

	expect(readBy('imap', maildir)).toEqual({ protocol: 'imap', source: '' });
	expect(readBy('mbox', maildir)).toEqual({ protocol: 'mbox' });
	expect(readBy('eml-folder', { ...draftOf(), source: 'INBOX.back' }).source).toBe('');
});

describe('a port string in the form', () => {
	const draft = (over: object) => ({ ...draftOf(), ...over });

	test('fills in protocol, port, security and certificates, and says so', () => {
		const found = understoodIn(draft({ port: '995/pop3/novalidate-cert' }));

		expect(found).toEqual({
			protocol: 'pop3',
			port: '995',
			security: 'tls',
			verifyCertificate: false,
		});
		expect(understoodSentence('995/pop3/novalidate-cert', found!)).toBe(
			'“995/pop3/novalidate-cert” was understood as: POP3, port 995, TLS, certificate not checked. Please check the fields.',
		);
	});

	test('a whole mailbox of imap_open is understood as server and as port', () => {
		const written = '{mail.example.org:143/imap/notls/user=bounces}INBOX.back';
		const found = {
			server: 'mail.example.org',
			protocol: 'imap',
			port: '143',
			security: 'none',
			verifyCertificate: true,
			source: 'INBOX.back',
			userName: 'bounces',
		};

		expect(understoodIn(draft({ server: written }))).toEqual(found);
		expect(understoodIn(draft({ port: written }))).toEqual(found);
		expect(understoodIn(draft({ server: written, userName: 'me' }))).not.toHaveProperty('userName');
	});

	test('a server with its port is parted, and an unusual port says nothing else', () => {
		expect(understoodIn(draft({ server: 'mail.example.org:2143' }))).toEqual({
			server: 'mail.example.org',
			port: '2143',
		});
		expect(understoodIn(draft({ server: 'mail.example.org:995' }))).toMatchObject({
			protocol: 'pop3',
			security: 'tls',
		});
	});

	test('plain servers and ports are left as they are', () => {
		for (const over of [{ server: 'mail.example.org', port: '993' }, { port: '99x' }, {}])
			expect(understoodIn(draft(over))).toBeUndefined();
	});

	test('is sent as what it means, even if nobody waited until it was filled in', () => {
		expect(fieldsAsked(draft({ port: '110/pop3/notls' }))).toMatchObject({
			protocol: 'pop3',
			port: 110,
			security: 'none',
		});
		expect(fieldsAsked(draft({ port: 'abc' })).port).toBe(0);
		expect(fieldsAsked(draft({ port: ' ' })).port).toBeNull();
	});
});

test('a provider is known by its server, so that addresses of one’s own domain find it', () => {
	expect(providerOfServer(' IMAP.gmail.com ')?.name).toBe('Gmail');
	expect(providerOfServer('outlook.office365.com')?.alsoFor).toBe('Microsoft 365');
	expect(providerOfServer('')).toBeUndefined();
	expect(mailProviders.length).toBeGreaterThanOrEqual(34);
});
