import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { tryMail } from '../../service/reprocess/try-mail.ts';
import { aBounce, aLetter } from '../support/a-bounce.ts';
import { aFetchingSite } from '../support/a-fetching-site.ts';
import { sendMailingTo } from '../support/a-mailing.ts';

describe('the test box', () => {
	test('says what a bounce of ours would do, and does nothing', async () => {
		const { site, db } = await aFetchingSite();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		const raw = aBounce({ returnAddress: anna!.returnAddress });
		const answer = await tryMail(raw, site);

		assert.equal(answer.kind, 'bounce');
		assert.equal(answer.decidedBy, 'message/delivery-status');
		const [tried] = answer.verdicts;
		assert.equal(tried!.verdict.type, 'Invalid');
		assert.match(tried!.verdict.evidence!, /user unknown/i);
		assert.deepEqual(
			[tried!.email, tried!.trust, tried!.counts, tried!.holds],
			['anna@dest.example', 'proved', true, true],
		);
		assert.match(tried!.because, /bounce 1 of 1/);
		for (const table of ['bounces', 'journal', 'raw_mails', 'hold_history'] as const)
			assert.deepEqual(await db.selectFrom(table).selectAll().execute(), []);
	});

	test('says of a bounce of strangers what it would do if it were ours', async () => {
		const { site } = await aFetchingSite();
		const raw = aBounce({ recipient: 'nobody@dest.example' });
		const [tried] = (await tryMail(raw, site)).verdicts;

		assert.deepEqual([tried!.email, tried!.counts, tried!.holds], [null, false, false]);
		assert.deepEqual(
			[tried!.ifProved.counts, tried!.ifProved.holdsAtOnce, tried!.ifProved.holdThreshold],
			[true, true, 1],
		);
	});

	test('uses the site’s own patterns and thresholds', async () => {
		const { site, now } = await aFetchingSite();
		const pattern = await site.patterns.add({
			typeId: 8,
			expression: 'recipient\\s+address rejected',
			reason: 'mailbox-full',
		});
		const [tried] = (await tryMail(aBounce({}), await now())).verdicts;

		assert.equal(tried!.verdict.decidedBy, `pattern ${pattern.id}`);
		assert.equal(tried!.reasonLabel, 'Mailbox full');
		assert.equal(tried!.ifProved.holdThreshold, 3);
		assert.equal(tried!.ifProved.holdsAtOnce, false);
	});

	test('says why ordinary mail changes nothing, and what of a broken mail could not be read', async () => {
		const { site } = await aFetchingSite();
		const letter = await tryMail(aLetter('Lunch'), site);
		assert.deepEqual(
			[letter.kind, letter.subject, letter.verdicts.length],
			['not-bounce', 'Lunch', 0],
		);
		assert.match(letter.because, /Ordinary mail/);

		const unreadable = Buffer.from('Content-Type: multipart/mixed\n\nno boundary anywhere');
		const broken = await tryMail(unreadable, site);
		assert.ok(broken.damage.length > 0);
	});

	test('reads a mail byte for byte, also one that is not UTF-8', async () => {
		const { site } = await aFetchingSite();
		const header = 'From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\n';
		const words = 'Diese Nachricht konnte nicht zugestellt werden:\n\n<anna@dest.example>:\n';
		const latin1 = Buffer.from(`${header}${words}Empf\xe4nger unbekannt\n`, 'latin1');
		const [tried] = (await tryMail(latin1, site)).verdicts;

		assert.equal(tried!.verdict.reason, 'user-unknown');
		assert.equal(tried!.verdict.evidence, 'Empfänger unbekannt');
	});
});
