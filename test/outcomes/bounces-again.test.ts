import assert from 'node:assert/strict';
import { test } from 'vitest';
import { previewReprocess } from '../../service/reprocess/preview.ts';
import { aBounce } from '../support/a-bounce.ts';
import { aFetchingSite } from '../support/a-fetching-site.ts';
import { aFilingSite, aMail } from '../support/a-filing-site.ts';
import { sendMailingTo } from '../support/a-mailing.ts';

test('mails of the account for bounces are judged again by their numbers in the mail log', async () => {
	const bench = await aFetchingSite();
	const [anna, bert] = await sendMailingTo(bench.site, 'anna@dest.example', 'bert@dest.example');
	await bench.fetch(aBounce({ returnAddress: anna!.returnAddress }));
	await bench.fetch(aBounce({ returnAddress: bert!.returnAddress }));
	const { rows } = await bench.site.outcomes.list({});

	assert.deepEqual(
		rows.map(({ usedFor, bounceIds, outcome }) => [usedFor, bounceIds.length, outcome]),
		[
			['bounces', 1, 'acted'],
			['bounces', 1, 'acted'],
		],
	);
	const preview = await previewReprocess(bench.site, { mailIds: [rows[0]!.id] });
	assert.equal(preview.found, 1);
});

test('mail that is filed with contacts is not judged as bounces', async () => {
	const bench = await aFilingSite();
	await bench.file(aMail(), aBounce({}));

	assert.equal((await previewReprocess(bench.site, {})).found, 0);
});
