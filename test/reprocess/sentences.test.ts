import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { JudgedBounce } from '../../service/contract/reprocess.ts';
import { differenceSentence } from '../../service/reprocess/difference.ts';
import { nothingYet, totalsSentence } from '../../service/reprocess/totals.ts';

const full = {
	kind: 'bounce' as const,
	type: 'Quota',
	reason: 'mailbox-full',
	reasonLabel: 'Mailbox full',
	fault: 'mailbox' as const,
	isRecognised: true,
	countsTowardHold: true,
	trust: 'proved' as const,
	decidedBy: 'status 4.2.2',
	addressId: 1,
} satisfies JudgedBounce & { kind: 'bounce' };

describe('what judging again did', () => {
	test('names only what there is, in the right number', () => {
		const one = { ...nothingYet, mails: 1, changed: 1, added: 1, removed: 1, held: 1, released: 1 };
		assert.equal(
			totalsSentence(one, 'did'),
			'Of 1 mail judged again, 1 bounce changed, 1 was new and 1 was none; 1 address came on hold and 1 was released.',
		);
		const many = { ...nothingYet, mails: 1_240, changed: 12, released: 2, ruled: 3 };
		assert.equal(
			totalsSentence(many, 'would'),
			'Of 1,240 mails judged again, 12 bounces would change; 2 addresses would be released; 3 changes by rules would follow.',
		);
		assert.equal(
			totalsSentence({ ...nothingYet, mails: 2, added: 2 }, 'did'),
			'Of 2 mails judged again, 2 bounces were new.',
		);
	});

	test('says when nothing changed and which mails are left alone', () => {
		assert.equal(
			totalsSentence({ ...nothingYet, mails: 3, leftAlone: 1 }, 'would'),
			'Of 3 mails judged again, nothing would change. 1 mail is left alone: its account is gone.',
		);
		assert.equal(
			totalsSentence({ ...nothingYet, mails: 3, leftAlone: 2 }, 'did'),
			'Of 3 mails judged again, nothing changed. 2 mails are left alone: their accounts are gone.',
		);
	});
});

describe('the difference between two judgments', () => {
	test('is the type and reason where they differ, and whether it counts otherwise', () => {
		const riddle = { ...full, type: 'Syntax', reasonLabel: 'Not recognised', isRecognised: false };
		assert.equal(
			differenceSentence({ ...riddle, countsTowardHold: false }, full),
			'Syntax (Not recognised) → Quota (Mailbox full); counts now.',
		);
	});

	test('is said in words where type and reason stay', () => {
		const others = [
			[{ countsTowardHold: false }, 'no longer counts'],
			[{ addressId: 2 }, 'is about another address now'],
			[{ trust: 'plausible' }, 'is plausible now'],
			[{ isRecognised: false }, 'is no longer recognised'],
			[{ fault: 'address' }, 'its cause is the address now'],
			[{ kind: 'auto-reply' }, 'is an automatic reply now'],
		] as const;
		for (const [change, words] of others)
			assert.equal(
				differenceSentence(full, { ...full, ...change }),
				`Stays Quota (Mailbox full), but ${words}.`,
			);
	});

	test('is a bounce that is new or none', () => {
		assert.equal(differenceSentence(null, full), 'New: Quota (Mailbox full), counts.');
		assert.equal(differenceSentence(full, null), 'Quota (Mailbox full) → no bounce.');
	});
});
