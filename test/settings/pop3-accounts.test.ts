import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { AccountForm } from '../../service/settings/accounts.ts';
import { aSite } from '../support/a-site.ts';

function aForm(change: Partial<AccountForm> = {}): AccountForm {
	return {
		name: 'Bounces',
		usedFor: 'bounces',
		protocol: 'pop3',
		server: 'pop.example.org',
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

/** The memory of an account as a run gets it. */
async function memoryOf({ site }: Awaited<ReturnType<typeof aSite>>, id: number) {
	return (await site.accounts.mailboxAddress(id)).leaving!.seen;
}

test('a POP3 account has the usual ports, deletes what it processed and leaves what it ignored', async () => {
	const { site } = await aSite();
	const { id, ...account } = await site.accounts.add(aForm());

	const address = await site.accounts.mailboxAddress(id);
	assert.equal(address.port, 995);
	assert.deepEqual(address.leaving?.deletes, { processed: true, ignored: false });
	assert.deepEqual([account.purgeProcessed, account.purgeUnprocessed], [true, false]);
	const plain = await site.accounts.mailboxAddressOf(aForm({ security: 'starttls' }));
	assert.equal(plain.port, 110);
});

test('the two purge settings are stored', async () => {
	const { site } = await aSite();
	const { id } = await site.accounts.add(aForm({ purgeProcessed: false, purgeUnprocessed: true }));

	const { leaving } = await site.accounts.mailboxAddress(id);
	assert.deepEqual(leaving?.deletes, { processed: false, ignored: true });
	const back = await site.accounts.change(id, aForm());
	assert.deepEqual([back.purgeProcessed, back.purgeUnprocessed], [true, false]);
});

test('what was seen is remembered by its exact name, per account', async () => {
	const bench = await aSite();
	const { id } = await bench.site.accounts.add(aForm());
	const other = await bench.site.accounts.add(
		aForm({ usedFor: 'activities', userName: 'office@example.org' }),
	);
	const seen = await memoryOf(bench, id);

	await seen.remember(['a', 'A', 'ä~'], 'processed');
	await seen.remember(['A'], 'ignored');
	await seen.forget(['ä~']);

	assert.deepEqual([...(await seen.all())].sort(), [
		['A', 'ignored'],
		['a', 'processed'],
	]);
	assert.equal((await (await memoryOf(bench, other.id)).all()).size, 0);
});

test('another server or user name makes it another mailbox, in which nothing was seen', async () => {
	for (const change of [{ server: 'pop.example.com' }, { userName: 'returns@example.org' }]) {
		const bench = await aSite();
		const { id } = await bench.site.accounts.add(aForm());
		await (await memoryOf(bench, id)).remember(['1', '2'], 'processed');

		const unsaved = await bench.site.accounts.mailboxAddressOf(aForm(change), id);
		assert.equal((await unsaved.leaving!.seen.all()).size, 0);
		await bench.site.accounts.change(id, aForm({ name: 'Returns' }));
		assert.equal((await (await memoryOf(bench, id)).all()).size, 2);
		await bench.site.accounts.change(id, aForm(change));
		assert.equal((await (await memoryOf(bench, id)).all()).size, 0);
	}
});

test('a deleted account leaves no memory behind', async () => {
	const { site, db } = await aSite();
	const { id } = await site.accounts.add(aForm());
	await (await site.accounts.mailboxAddress(id)).leaving!.seen.remember(['1'], 'ignored');

	await site.accounts.delete(id);

	assert.deepEqual(await db.selectFrom('seen_uidls').selectAll().execute(), []);
});

test('a stored password is not sent to another POP3 server', async () => {
	const { site } = await aSite();
	const { id } = await site.accounts.add(aForm());
	const form = aForm({ server: 'evil.example', password: undefined });

	await assert.rejects(site.accounts.change(id, form), { problem: 'password-needed' });
	await assert.rejects(site.accounts.mailboxAddressOf(form, id), { problem: 'password-needed' });
});

test('the mailbox that IMAP calls INBOX cannot be read by POP3 too', async () => {
	const { site } = await aSite();
	await site.accounts.add(aForm({ protocol: 'imap' }));

	const again = aForm({ usedFor: 'activities', source: 'ignored by POP3' });
	await assert.rejects(site.accounts.add(again), { problem: 'mailbox-taken' });
});

test('a hundred thousand names are remembered and forgotten in a few seconds', async () => {
	const bench = await aSite();
	const { id } = await bench.site.accounts.add(aForm());
	const seen = await memoryOf(bench, id);
	const names = Array.from({ length: 100_000 }, (_, n) => `${n.toString(16).padStart(16, '0')}v7`);

	await seen.remember(names, 'processed');
	const all = await seen.all();
	await seen.forget(names.slice(0, 50_000));

	assert.equal(all.size, 100_000);
	assert.equal((await seen.all()).size, 50_000);
}, 30_000);
