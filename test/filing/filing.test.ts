import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { aFilingSite, aMail } from '../support/a-filing-site.ts';

describe('a mail that comes in', () => {
	test('is filed with the contacts it is from and to, and who is nobody yet becomes one', async () => {
		const { site, clock, file, filed, inbox, processed } = await aFilingSite();
		await site.crm.addContact({ name: 'Anna Berg', email: 'anna@people.example' }, clock.now());

		const sentence = await file(
			aMail({ to: 'Office <office@example.org>, Bert Holm <bert@people.example>' }),
		);

		assert.equal(sentence, '1 mail read: 1 mail filed, 1 contact added, 0 mails ignored.');
		const [mail] = await filed();
		assert.deepEqual(
			mail!.parties.map(({ name, email, role, place }) => [name, email, role, place]),
			[
				['Anna Berg', 'anna@people.example', 'source', 'from'],
				['Bert Holm', 'bert@people.example', 'target', 'to'],
			],
		);
		assert.equal(mail!.subject, 'A question');
		assert.equal(mail!.occurredAt, '2026-05-04T10:00:00.000Z');
		assert.match(mail!.fullText, /when do you open/);
		assert.equal(
			mail!.because,
			'Filed because anna@people.example is Anna Berg. 1 contact was added.',
		);
		assert.equal(inbox.mails().length, 0);
		assert.equal(processed.mails().length, 1);
	});
});
