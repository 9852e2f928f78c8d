import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openMailbox } from '../../service/mailboxes/open-mailbox.ts';
import { testMailbox } from '../../service/mailboxes/test-connection.ts';
import type { Site } from '../../service/site.ts';
import { aMail, allWindows, mails, reading } from '../contracts/mail-store.ts';
import { aSite } from '../support/a-site.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot, DovecotUser } from '../support/dovecot.ts';
import { aBounceAccount, countDone, doneWith, fetchBounces, threeMails } from './exactly-once.ts';

let dovecot: Dovecot;
beforeAll(async () => {
	dovecot = await startDovecot({ hasAcl: true });
});
afterAll(() => dovecot.stop());

describe('A folder that was deleted and made anew, so that its mails have other numbers', () => {
	test('has what was written down before the change counted once, and all of it filed', async () => {
		const { site, db } = await aSite();
		const user = dovecot.addUser();
		const source = user.makeFolder('civicrm');
		await site.accounts.add(aBounceAccount(user.address({ source: 'civicrm' })));
		const first = await threeMails(site, 0);
		const second = await threeMails(site, 1);
		source.deliver(...first);
		const { state } = await fetchBounces(unableToFile(site));
		assert.equal(state, 'failed');
		assert.deepEqual(await countDone(db), doneWith(1));
		assert.equal(source.mails().length, 3);

		(await makeAnew(user, 'civicrm')).deliver(...second, ...first);
		const run = await fetchBounces(site);

		assert.equal(run.state, 'done', run.sentence);
		assert.deepEqual(await countDone(db), doneWith(2));
		const filed = (under: string) => user.folder(`civicrm.CiviMail.${under}`).mails().length;
		assert.deepEqual([source.mails().length, filed('processed'), filed('ignored')], [0, 4, 2]);
	});

	test('has no mail filed by the number that another one had', async () => {
		const user = dovecot.addUser();
		user.makeFolder('civicrm').deliver(...mails(3));
		const address = user.address({ source: 'civicrm' });
		const [before = []] = await reading({ address }, {}, allWindows);

		const source = await makeAnew(user, 'civicrm');
		source.deliver(...['other 1', 'other 2', 'other 3'].map(aMail));
		await reading({ address }, {}, async (store) => {
			await store.file(before, 'processed');
			const [now = []] = await allWindows(store);

			assert.equal(now.length, 3);
			assert.ok(now.every(({ id }) => before.every((mail) => mail.id !== id)));
		});
		assert.equal(source.mails().length, 3);
	});
});

describe('A folder in which this user may not do everything', () => {
	for (const [rights, may] of [
		['lr', 'only read'],
		['lrsw', 'mark mails and not take them out'],
	] as const) {
		test(`is refused by the connection test when one may ${may}`, async () => {
			const { address } = aShared(rights);

			const report = await testMailbox(address);

			assert.equal(report.problem, 'read-only-folder', report.sentence);
			assert.match(report.sentence, /no mail can be filed/);
		});
	}

	test('is not opened when one may only read', async () => {
		await assert.rejects(openMailbox(aShared('lr').address), { problem: 'read-only-folder' });
	});

	test('fails the run in words when mails cannot be taken out, loses none, and goes on when they can', async () => {
		const { site, db } = await aSite();
		const { address, source, grant } = aShared('lrsw');
		await site.accounts.add(aBounceAccount(address));
		source.deliver(...(await threeMails(site, 0)));

		const refused = await fetchBounces(site);

		assert.equal(refused.state, 'failed');
		assert.match(refused.sentence, /has not the rights that filing mail from shared needs/);
		assert.equal(source.mails().length, 3);

		grant('lrswipkxte');
		const run = await fetchBounces(site);

		assert.equal(run.state, 'done', run.sentence);
		assert.deepEqual(await countDone(db), doneWith(1));
		assert.equal(source.mails().length, 0);
	});

	function aShared(rights: string) {
		const user = dovecot.addUser();
		const source = user.makeFolder('shared');
		const grant = (letters: string) =>
			writeFileSync(join(source.path, 'dovecot-acl'), `owner ${letters}\n`);
		grant(rights);
		return { address: user.address({ source: 'shared' }), source, grant };
	}
});

/** A site whose mailboxes give mails and move none. */
function unableToFile(site: Site): Site {
	return {
		...site,
		openMailbox: async (address, limits) => {
			const store = await site.openMailbox(address, limits);
			store.file = () => Promise.reject(new Error('The connection broke just now'));
			return store;
		},
	};
}

/** Takes a folder away and makes it again, when the server has left it: until then it writes into it. */
async function makeAnew(user: DovecotUser, folder: string) {
	const goodbye = new RegExp(`imap\\(${user.name}\\)<.*Disconnected`);
	const hasLeft = () => goodbye.test(dovecot.log());
	for (let tries = 0; !hasLeft() && tries < 400; tries++) await pause(50);
	rmSync(user.folder(folder).path, { recursive: true });
	return user.makeFolder(folder);
}
