import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { usualLimits } from '../../service/mailboxes/mail-store.ts';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';
import type { Site } from '../../service/site.ts';
import { aSite } from '../support/a-site.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot, DovecotUser } from '../support/dovecot.ts';
import type { MaildirOnDisk } from '../support/maildir-on-disk.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import {
	aBounceAccount,
	countDone,
	doneWith,
	fetchBounces,
	seeded,
	threeMails,
} from './exactly-once.ts';

/** In each kind of connection, half of them in what the server says and half in what we say. */
const cuts = 54;

describe('a run whose connection is cut at any byte of either side', () => {
	let modern: Dovecot;
	let old: Dovecot;
	let strict: Dovecot;
	beforeAll(async () => {
		const capabilities = 'IMAP4rev1 LITERAL+ SASL-IR NAMESPACE UIDPLUS';
		modern = await startDovecot();
		old = await startDovecot({ capabilities });
		strict = await startDovecot({ capabilities, hasAcl: true });
	});
	afterAll(() => Promise.all([modern.stop(), old.stop(), strict.stop()]));

	test('loses nothing and counts and files nothing twice', async () => {
		await cutEverywhere(modern.addUser(), { seed: 1 });
	}, 180_000);

	test('loses nothing and counts and files nothing twice over TLS', async () => {
		await cutEverywhere(modern.addUser(), { seed: 2, over: { security: 'tls' } });
	}, 180_000);

	test('loses nothing and counts and files nothing twice where mails are copied and expunged', async () => {
		await cutEverywhere(old.addUser(), { seed: 3 });
	}, 180_000);

	test('loses nothing and counts and files nothing twice where mails are copied and no keyword is kept', async () => {
		const user = strict.addUser();
		user.inbox.deliver();
		// All rights but "w", to keep flags other than \Seen and \Deleted (RFC 4314 §2.1).
		writeFileSync(join(user.inbox.path, 'dovecot-acl'), 'owner lrstipekxa\n');
		await cutEverywhere(user, { seed: 4 });
	}, 180_000);
});

/** Cuts run after run of a whole job, each somewhere else from the first byte to the last, then lets one through. */
async function cutEverywhere(
	user: DovecotUser,
	{ seed, over = {} }: { seed: number; over?: Partial<MailboxAddress> },
): Promise<void> {
	const { site, db } = await aSite();
	const proxy = await startTcpProxy(user.address(over).port);
	await site.accounts.add(aBounceAccount(user.address({ ...over, port: proxy.port })));
	const random = seeded(seed);
	let rounds = 0;
	const deliver = async () => user.inbox.deliver(...(await threeMails(site, rounds++)));
	const run = () => fetchBounces(inSmallWindows(site));

	for (let n = 0; n < 3; n++) await deliver();
	const first = await run();
	assert.equal(first.state, 'done', first.sentence);
	const whole = { passed: proxy.passedBytes(), sent: proxy.sentBytes() };

	let broken = 0;
	for (let cut = 0; cut < cuts; cut++) {
		for (let n = 0; n < 2; n++) await deliver();
		const part = (Math.floor(cut / 2) + random()) / (cuts / 2);
		proxy.become(
			cut % 2 === 0
				? { cutAfterBytes: proxy.passedBytes() + Math.floor(part * whole.passed) }
				: { cutAfterSentBytes: proxy.sentBytes() + Math.floor(part * whole.sent) },
		);
		const { state, sentence } = await run();
		if (state === 'failed') broken++;
		assert.match(
			sentence,
			state === 'failed' ? /Nothing is lost|secure connection/ : /mails? read/,
		);
		assert.ok(allMails(user) >= 3 * rounds, `a mail is lost at cut ${cut}`);
	}
	proxy.become({});
	await deliver();
	const last = await run();
	assert.equal(last.state, 'done', last.sentence);
	await proxy.close();

	assert.ok(broken >= cuts / 2, `only ${broken} runs were broken`);
	assert.deepEqual(await countDone(db), doneWith(rounds));
	assert.deepEqual(
		{ inbox: count(user.inbox), ...filed(user) },
		{ inbox: 0, processed: 2 * rounds, ignored: rounds },
	);
}

/** So that a run has several windows and is cut while one is filed and the next one is fetched. */
function inSmallWindows(site: Site): Site {
	return {
		...site,
		openMailbox: (address, limits = usualLimits) =>
			site.openMailbox(address, { ...limits, windowSize: 4 }),
	};
}

function filed(user: DovecotUser) {
	const folder = (name: string) => user.folder(`INBOX.CiviMail.${name}`);
	return { processed: count(folder('processed')), ignored: count(folder('ignored')) };
}

function count(folder: MaildirOnDisk): number {
	return folder.names().length;
}

/** The source first: a mail that is moved meanwhile is then seen twice rather than not at all. */
function allMails(user: DovecotUser): number {
	const inbox = count(user.inbox);
	const { processed, ignored } = filed(user);
	return inbox + processed + ignored;
}
