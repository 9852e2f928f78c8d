import { expect, test } from 'vitest';
import { draftOf, fieldsAsked } from '../../admin-ui/pages/accounts/draft.ts';
import { exampleReturnAddress, placeOf, usualPort } from '../../admin-ui/words/accounts.ts';
import { partsAround } from '../../admin-ui/words/evidence.ts';
import { figure, fromNow, inFull, size } from '../../admin-ui/words/figures.ts';
import type { Account } from '../../service/contract/account.ts';
import { usualFiling } from '../../service/contract/activity.ts';
import { usualOAuth } from '../../service/contract/oauth.ts';

test('the words that decided are marked where they stand', () => {
	expect(partsAround('550 5.1.1 User unknown here', 'User unknown')).toEqual([
		{ text: '550 5.1.1 ', isEvidence: false },
		{ text: 'User unknown', isEvidence: true },
		{ text: ' here', isEvidence: false },
	]);
});

test('evidence is found across line breaks and in any case', () => {
	const parts = partsAround('said: Mailbox\n    FULL.', 'mailbox full');

	expect(parts.find((part) => part.isEvidence)?.text).toBe('Mailbox\n    FULL');
});

test('evidence is taken literally and never as an expression', () => {
	const parts = partsAround('<a+b@example.org>: (refused)', '<a+b@example.org>: (refused)');

	expect(parts).toEqual([{ text: '<a+b@example.org>: (refused)', isEvidence: true }]);
});

test('without evidence, or with evidence from elsewhere, the text is shown as it is', () => {
	for (const evidence of [null, '', '  ', 'somewhere else']) {
		expect(partsAround('Some text', evidence)).toEqual([{ text: 'Some text', isEvidence: false }]);
	}
});

test('moments are told as people tell them', () => {
	const now = new Date('2026-05-05T12:00:00Z');
	const at = (iso: string) => fromNow(new Date(iso), now, 'en');

	expect(at('2026-05-05T11:59:31Z')).toBe('now');
	expect(at('2026-05-05T11:57:00Z')).toBe('3 minutes ago');
	expect(at('2026-05-04T12:00:00Z')).toBe('1 day ago');
	expect(at('2026-05-05T14:30:00Z')).toBe('in 2 hours');
	expect(at('2024-05-05T12:00:00Z')).toBe('2 years ago');
	expect(fromNow(new Date('2026-05-05T11:57:00Z'), now, 'de')).toBe('vor 3 Minuten');
});

test('a full date names its time zone', () => {
	const words = inFull(new Date('2026-05-05T12:00:00Z'), 'en-GB', 'UTC');

	expect(words).toContain('5 May 2026');
	expect(words).toContain('UTC');
});

test('numbers and sizes are written in the language of the page', () => {
	expect(figure(12345, 'en')).toBe('12,345');
	expect(figure(12345, 'de')).toBe('12.345');
	expect(size(3_456_789, 'en')).toBe('3.5 MB');
	expect(size(0, 'en')).toBe('0 bytes');
});

test('the example return address follows the account’s local part and domain', () => {
	expect(
		exampleReturnAddress({ localPart: 'return+', emailDomain: 'example.com', separator: '.' }),
	).toBe('return+b.12.345.0123456789abcdef@example.com');
	expect(exampleReturnAddress({ localPart: '', emailDomain: '', separator: '-' })).toBe(
		'b-12-345-0123456789abcdef@example.org',
	);
});

test('each security has its usual port', () => {
	expect([usualPort('tls'), usualPort('starttls'), usualPort('none')]).toEqual([993, 143, 143]);
	expect([usualPort('tls', 'pop3'), usualPort('starttls', 'pop3')]).toEqual([995, 110]);
});

test('a form leaves a stored password alone until it is changed', () => {
	const draft = draftOf(anAccount);

	expect(fieldsAsked(draft).password).toBeUndefined();
	expect(fieldsAsked({ ...draft, password: 'new' }).password).toBe('new');
});

test('an empty port is the usual one', () => {
	expect(fieldsAsked({ ...draftOf(anAccount), port: ' ' }).port).toBeNull();
	expect(fieldsAsked({ ...draftOf(anAccount), port: '1143' }).port).toBe(1143);
});

test('an account is told by where its mail is', () => {
	expect(placeOf(anAccount)).toBe('return · imap.example.org · INBOX');
	expect(placeOf({ ...anAccount, protocol: 'maildir', source: '/srv/mail' })).toBe('/srv/mail');
});

const anAccount: Account = {
	id: 1,
	name: 'Bounces',
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
	lastReadAt: null,
	lastProblem: null,
	failures: 0,
	failingSince: null,
	nextTryAt: null,
	asMailArrives: false,
	purgeProcessed: true,
	purgeUnprocessed: false,
};
