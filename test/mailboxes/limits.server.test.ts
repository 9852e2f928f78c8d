import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openMailbox } from '../../service/mailboxes/open-mailbox.ts';
import { usualLimits } from '../../service/mailboxes/mail-store.ts';
import { testMailbox } from '../../service/mailboxes/test-connection.ts';
import { mails, reading } from '../contracts/mail-store.ts';
import { aSite } from '../support/a-site.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { aBounceAccount, countDone, doneWith, fetchBounces, threeMails } from './exactly-once.ts';

let dovecot: Dovecot;
beforeAll(async () => {
	// Only copying is held against the quota; a server that moves makes nothing more.
	const capabilities = 'IMAP4rev1 LITERAL+ SASL-IR NAMESPACE UIDPLUS';
	dovecot = await startDovecot({ capabilities, quotaBytes: 60_000, connectionsAUser: 1 });
});
afterAll(() => dovecot.stop());

describe.each(['imap', 'pop3'] as const)('A server that has limits, by %s', (protocol) => {
	test('says when there are too many connections, and is read when one is free', async () => {
		const user = dovecot.addUser();
		const address = user.address({ protocol });
		user.inbox.deliver(...mails(2));

		await reading({ address }, {}, async () => {
			const report = await testMailbox(address);

			assert.equal(report.problem, 'too-many-connections', report.sentence);
			assert.match(report.sentence, /Close other mail programs or wait/);
			await assert.rejects(openMailbox(address), { problem: report.problem });
		});
		assert.equal(await reading({ address }, {}, (store) => store.countWaiting()), 2);
	});

	test('that takes connections and says nothing is given up after the time allowed', async () => {
		const silent = createServer((socket) => socket.on('error', () => undefined));
		silent.listen(0, '127.0.0.1');
		await once(silent, 'listening');
		const { port } = silent.address() as AddressInfo;
		const limits = { ...usualLimits, silenceMs: 300 };
		const address = dovecot.addUser().address({ protocol, port });

		const inTls = { ...address, security: 'tls' as const };
		await assert.rejects(openMailbox(inTls, limits), { problem: 'connection-timeout' });
		await assert.rejects(openMailbox(address, limits), { problem: 'no-greeting' });
		silent.close();
	});
});

test('a full mailbox fails the run in words, loses nothing, and is read once when there is room', async () => {
	const { site, db } = await aSite();
	const user = dovecot.addUser();
	await site.accounts.add(aBounceAccount(user.address()));
	for (let round = 0; round < 3; round++) user.inbox.deliver(...(await threeMails(site, round)));
	const old = user.makeFolder('old');
	old.deliver(Buffer.alloc(60_000, 'x\n'));

	const full = await fetchBounces(site);

	assert.equal(full.state, 'failed');
	assert.match(full.sentence, /The mailbox of slash\d+ is full, so no mail can be filed/);
	assert.equal(user.inbox.mails().length, 9);

	old.empty();
	rmSync(join(user.inbox.path, 'maildirsize')); // where the server keeps its sums
	const run = await fetchBounces(site);

	assert.equal(run.state, 'done', run.sentence);
	assert.deepEqual(await countDone(db), doneWith(3));
	assert.equal(user.inbox.mails().length, 0);
	assert.equal(user.folder('INBOX.CiviMail.processed').mails().length, 6);
});
