import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { usualOAuth } from '../../service/contract/oauth.ts';
import type { AccountForm } from '../../service/settings/accounts.ts';
import { SecretBox } from '../../service/settings/secrets.ts';
import { aSite } from '../support/a-site.ts';

function aForm(change: Partial<AccountForm> = {}): AccountForm {
	return {
		name: 'Bounces',
		usedFor: 'bounces',
		protocol: 'imap',
		server: 'imap.example.org',
		port: null,
		security: 'tls',
		verifyCertificate: true,
		userName: 'bounce@example.org',
		password: 'correct horse',
		localPart: 'bounce+',
		emailDomain: 'example.org',
		separator: '.',
		returnPath: '',
		source: '',
		filingFolder: 'CiviMail',
		isActive: true,
		...change,
	};
}

test('an account is stored with its usual port and its password sealed', async () => {
	const { site, db } = await aSite();
	const { id } = await site.accounts.add(aForm());

	const row = await db.selectFrom('accounts').selectAll().executeTakeFirstOrThrow();
	assert.ok(!row.password!.includes('correct horse'));
	const address = await site.accounts.mailboxAddress(id);
	assert.equal(address.password, 'correct horse');
	assert.equal(address.port, 993);
	assert.equal(address.source, 'INBOX');
});

test('a password left empty stays as it is', async () => {
	const { site } = await aSite();
	const { id } = await site.accounts.add(aForm());
	await site.accounts.change(id, aForm({ name: 'Returns', password: undefined }));

	assert.equal((await site.accounts.mailboxAddress(id)).password, 'correct horse');
});

test('a stored password is not sent to another server, nor without its protection', async () => {
	const { site } = await aSite();
	const { id } = await site.accounts.add(aForm());

	for (const change of [
		{ server: 'evil.example' },
		{ security: 'none' as const },
		{ verifyCertificate: false },
	]) {
		const form = aForm({ ...change, password: undefined });
		await assert.rejects(site.accounts.change(id, form), { problem: 'password-needed' });
		await assert.rejects(site.accounts.mailboxAddressOf(form, id), { problem: 'password-needed' });
	}
});

test('a stored password is forgotten when the account goes elsewhere on a way that needs none', async () => {
	for (const detour of [
		{ authentication: 'oauth2' as const, oauth: { ...usualOAuth, clientId: 'x' } },
		{ protocol: 'maildir' as const },
	]) {
		const { site, folder } = await aSite();
		const { id } = await site.accounts.add(aForm());
		const source = 'protocol' in detour ? join(folder, 'Maildir') : '';
		const away = { server: 'evil.example', password: undefined };
		await site.accounts.change(id, aForm({ ...away, ...detour, source }));

		const { hasPassword } = await site.accounts.change(id, aForm(away));

		assert.equal(hasPassword, false);
		assert.equal((await site.accounts.mailboxAddress(id)).password, '');
	}
});

test('one mailbox serves one account, also when it is spelled otherwise', async () => {
	const { site } = await aSite();
	await site.accounts.add(aForm());

	await assert.rejects(
		site.accounts.add(
			aForm({ usedFor: 'activities', server: 'IMAP.example.org', source: 'inbox' }),
		),
		{ problem: 'mailbox-taken', kind: 'conflict' },
	);
	await site.accounts.add(aForm({ usedFor: 'activities', name: 'File', source: 'INBOX.civicrm' }));
});

test('a site has one account for bounces', async () => {
	const { site } = await aSite();
	const first = await site.accounts.add(aForm());
	await assert.rejects(site.accounts.add(aForm({ userName: 'other@example.org' })), {
		problem: 'second-bounce-account',
	});

	await site.accounts.delete(first.id);
	const second = await site.accounts.add(aForm({ userName: 'other@example.org' }));
	assert.equal((await site.accounts.bounceAccount())!.id, second.id);
});

test('an account that is switched off is not read', async () => {
	const { site } = await aSite();
	await site.accounts.add(aForm({ isActive: false }));

	assert.equal(await site.accounts.bounceAccount(), undefined);
});

test('Maildirs are read only below the folders the operator allows', async () => {
	const { site, folder } = await aSite();
	const maildir = (source: string) =>
		aForm({ protocol: 'maildir', server: '', userName: '', source });

	for (const path of ['', 'relative', '/etc', `${folder}/../other`, `${folder}-beside`]) {
		await assert.rejects(
			site.accounts.add(maildir(path)),
			(error: { fields: Record<string, string> }) => Boolean(error.fields['source']),
		);
	}
	const { id } = await site.accounts.add(maildir(join(folder, 'Maildir')));
	assert.equal((await site.accounts.mailboxAddress(id)).source, join(folder, 'Maildir'));
});

test('what is missing is said for each field', async () => {
	const { site } = await aSite();

	await assert.rejects(
		site.accounts.add(aForm({ server: '', userName: '' })),
		(error: { fields: Record<string, string> }) =>
			Object.keys(error.fields).sort().join() === 'server,userName',
	);
});

test('mails are taken out of an mbox or left in it, as the account says, and another mbox is another mailbox', async () => {
	const { site, folder } = await aSite();
	const mbox = (change: Partial<AccountForm> = {}) =>
		aForm({ protocol: 'mbox', server: '', userName: '', source: `${folder}/inbox`, ...change });
	const { id } = await site.accounts.add(mbox({ purgeProcessed: false, purgeUnprocessed: true }));

	const { leaving, source } = await site.accounts.mailboxAddress(id);
	assert.equal(source, `${folder}/inbox`);
	assert.deepEqual(leaving!.deletes, { processed: false, ignored: true });
	await leaving!.seen.remember(['a-mail'], 'processed');
	await site.accounts.change(id, mbox({ name: 'Renamed' }));
	assert.equal((await leaving!.seen.all()).size, 1);
	await site.accounts.change(id, mbox({ source: `${folder}/other` }));
	assert.equal((await leaving!.seen.all()).size, 0);

	await assert.rejects(site.accounts.add(mbox({ source: '/etc/passwd', name: 'Else' })));
});

test('a sealed secret opens in its own place only', () => {
	const box = new SecretBox('x'.repeat(32));
	const sealed = box.seal('pässword', 'site=1;account=2');

	assert.equal(box.open(sealed, 'site=1;account=2'), 'pässword');
	assert.throws(() => box.open(sealed, 'site=1;account=3'));
	assert.throws(() => new SecretBox('y'.repeat(32)).open(sealed, 'site=1;account=2'));
	assert.throws(() => box.open('nonsense', 'site=1;account=2'));
	assert.notEqual(box.seal('same', 'p'), box.seal('same', 'p'));
});

test('an account that fails rests longer each time, and a reading that works ends it', async () => {
	const { site, clock } = await aSite();
	const { id } = await site.accounts.add(aForm());
	const minutes: number[] = [];
	for (let failure = 1; failure <= 9; failure += 1) {
		await site.accounts.noteReading(id, clock.now(), 'The server is down.');
		const { nextTryAt, failures } = await site.accounts.get(id);
		assert.equal(failures, failure);
		minutes.push((Date.parse(nextTryAt ?? '') - clock.now().getTime()) / 60_000);
	}

	assert.deepEqual(minutes, [0, 2, 4, 8, 16, 32, 60, 60, 60]);
	await site.accounts.noteReading(id, clock.now(), null);
	const { failures, nextTryAt, lastProblem } = await site.accounts.get(id);
	assert.deepEqual([failures, nextTryAt, lastProblem], [0, null, null]);
});

test('a changed account is tried at once', async () => {
	const { site, clock } = await aSite();
	const { id } = await site.accounts.add(aForm());
	for (let failure = 0; failure < 5; failure += 1)
		await site.accounts.noteReading(id, clock.now(), 'Wrong password.');

	await site.accounts.change(id, aForm({ password: 'the right one' }));

	const { failures, nextTryAt } = await site.accounts.get(id);
	assert.deepEqual([failures, nextTryAt], [0, null]);
});
