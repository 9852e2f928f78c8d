import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { BouncePolicy } from '../../service/act/decide-bounce.ts';
import { usualPolicy } from '../../service/act/decide-bounce.ts';
import { decide } from '../../service/act/decide.ts';
import type { Known } from '../../service/act/whose-is-it.ts';
import type { MailKind, Verdict } from '../../service/contract/bounce.ts';
import type { Address, Delivery } from '../../service/crm/crm.ts';
import type { Clues } from '../../service/identify/identify.ts';
import { shippedCatalogue } from '../../service/classify/presets.ts';

const anna: Address = {
	id: 7,
	contactId: 70,
	email: 'anna@dest.example',
	hold: null,
	countSince: new Date(0),
};
const bert: Address = {
	id: 8,
	contactId: 80,
	email: 'bert@dest.example',
	hold: null,
	countSince: new Date(0),
};
const delivery: Delivery = {
	id: 345,
	job: 12,
	hash: '0123456789abcdef',
	mailingId: 3,
	addressId: anna.id,
	messageId: 'm.1@example.org',
};
const returnAddress = { action: 'b', job: 12, queue: 345, hash: '0123456789abcdef' } as const;

const noClues: Clues = {
	returnAddresses: [],
	originalHeader: [],
	messageIds: [],
	addressesInText: [],
};
const verp: Clues = { ...noClues, returnAddresses: [returnAddress] };

function knownWith(...addresses: Address[]): Known {
	return {
		delivery: (id) => (id === delivery.id ? delivery : undefined),
		deliveryOfMessage: (id) => (id === delivery.messageId ? delivery : undefined),
		address: (id) => addresses.find((address) => address.id === id),
		addressOf: (email) => addresses.find((address) => address.email === email.toLowerCase()),
	};
}

const unknownUser: Verdict = {
	recipient: 'anna@dest.example',
	type: 'Invalid',
	reason: 'user-unknown',
	fault: 'address',
	status: '5.1.1',
	diagnostic: '550 5.1.1 user unknown',
	decidedBy: 'pattern',
	evidence: 'user unknown',
	isRecognised: true,
};
const fullMailbox: Verdict = {
	...unknownUser,
	type: 'Quota',
	reason: 'mailbox-full',
	fault: 'mailbox',
};
const blocklisted: Verdict = {
	...unknownUser,
	type: 'Spam',
	reason: 'blocklisted',
	fault: 'sender',
};

interface Case {
	verdicts?: Verdict[];
	clues?: Clues;
	known?: Known;
	earlier?: number;
	policy?: BouncePolicy;
	kind?: MailKind;
	preset?: Parameters<typeof shippedCatalogue>[0];
}

function decideAbout({
	verdicts = [unknownUser],
	clues = verp,
	known = knownWith(anna, bert),
	earlier = 0,
	policy = usualPolicy,
	kind = 'bounce',
	preset = 'recommended',
}: Case) {
	const decision = decide(
		{ classification: { kind, verdicts, decidedBy: 'test' }, clues },
		known,
		() => earlier,
		{
			catalogue: shippedCatalogue(preset),
			policy,
		},
	);
	return {
		...decision,
		bounces: decision.actions.flatMap((action) =>
			action.do === 'record-bounce' ? [action.bounce] : [],
		),
		held: decision.actions.flatMap((action) =>
			action.do === 'hold-address' ? [action.hold.addressId] : [],
		),
	};
}

describe('whose is it', () => {
	test('a right hash in a return address proves the delivery', () => {
		const [bounce] = decideAbout({}).bounces;

		assert.equal(bounce!.trust, 'proved');
		assert.equal(bounce!.matchedBy, 'return-address');
		assert.equal(bounce!.deliveryId, 345);
		assert.equal(bounce!.mailingId, 3);
	});

	test('our header in the returned message makes it plausible', () => {
		const [bounce] = decideAbout({
			clues: { ...noClues, originalHeader: [returnAddress] },
		}).bounces;

		assert.equal(bounce!.trust, 'plausible');
		assert.equal(bounce!.matchedBy, 'original-header');
	});

	test('our Message-ID in the returned message makes it plausible, and it holds', () => {
		const { bounces, held } = decideAbout({
			clues: { ...noClues, messageIds: ['x@y.example', 'm.1@example.org'] },
		});

		assert.equal(bounces[0]!.trust, 'plausible');
		assert.equal(bounces[0]!.matchedBy, 'message-id');
		assert.deepEqual(held, [anna.id]);
	});

	test('a bounce that only names an address is recorded and holds nobody', () => {
		const { bounces, held, fileUnder } = decideAbout({ clues: noClues });

		assert.equal(bounces[0]!.trust, 'unproved');
		assert.equal(bounces[0]!.matchedBy, 'reported-recipient');
		assert.equal(bounces[0]!.counts, false);
		assert.deepEqual(held, []);
		assert.equal(fileUnder, 'processed');
	});

	test('a site can let unproved bounces count', () => {
		const { held } = decideAbout({
			clues: noClues,
			policy: { ...usualPolicy, unprovedCounts: true },
		});

		assert.deepEqual(held, [anna.id]);
	});

	test('an address in the text is the last resort', () => {
		const verdict = { ...unknownUser, recipient: undefined };
		const [bounce] = decideAbout({
			verdicts: [verdict],
			clues: { ...noClues, addressesInText: ['who@ever.example', 'bert@dest.example'] },
		}).bounces;

		assert.equal(bounce!.matchedBy, 'text');
		assert.equal(bounce!.addressId, bert.id);
	});

	test('a wrong hash is recorded as such, changes nothing, and ends the search', () => {
		const forged = { ...returnAddress, hash: 'ffffffffffffffff' };
		const { bounces, held, fileUnder } = decideAbout({
			clues: { ...noClues, returnAddresses: [forged], messageIds: ['m.1@example.org'] },
		});

		assert.equal(bounces[0]!.addressId, null);
		assert.match(bounces[0]!.counting, /hash that we never gave/);
		assert.deepEqual(held, []);
		assert.equal(fileUnder, 'ignored');
	});

	test('a right hash with another job number is a wrong one', () => {
		const { held } = decideAbout({
			clues: { ...noClues, returnAddresses: [{ ...returnAddress, job: 13 }] },
		});

		assert.deepEqual(held, []);
	});

	test('a mail that was forwarded bounces under another address, and is still about ours', () => {
		const { bounces } = decideAbout({
			verdicts: [{ ...unknownUser, recipient: 'forward@elsewhere.example' }],
		});

		assert.equal(bounces[0]!.email, 'anna@dest.example');
	});

	test('several recipients in one report are several bounces', () => {
		const { bounces } = decideAbout({
			verdicts: [unknownUser, { ...fullMailbox, recipient: 'bert@dest.example' }],
		});

		assert.deepEqual(
			bounces.map(({ position, email, trust }) => [position, email, trust]),
			[
				[0, 'anna@dest.example', 'proved'],
				[1, 'bert@dest.example', 'unproved'],
			],
		);
	});
});

describe('what do we do', () => {
	test('an unknown user is held at once', () => {
		const { held, because } = decideAbout({});

		assert.deepEqual(held, [anna.id]);
		assert.equal(because, 'Invalid bounce 1 of 1 of anna@dest.example: address put on hold.');
	});

	test('a full mailbox is held only at the third bounce', () => {
		assert.deepEqual(decideAbout({ verdicts: [fullMailbox], earlier: 1 }).held, []);
		assert.deepEqual(decideAbout({ verdicts: [fullMailbox], earlier: 2 }).held, [anna.id]);
	});

	test('a blocklisting is the sender’s fault and never counts, however often it comes', () => {
		const { held, bounces } = decideAbout({ verdicts: [blocklisted], earlier: 100 });

		assert.deepEqual(held, []);
		assert.equal(bounces[0]!.counts, false);
	});

	test('with the preset “as documented” every bounce counts by its type', () => {
		const { held } = decideAbout({ verdicts: [blocklisted], preset: 'as-documented' });

		assert.deepEqual(held, [anna.id]);
	});

	test('an address on hold is not held again, and an opt-out is never touched', () => {
		for (const hold of ['bounce', 'opt-out', 'manual'] as const) {
			const { held, bounces } = decideAbout({ known: knownWith({ ...anna, hold }) });

			assert.deepEqual(held, []);
			assert.equal(bounces.length, 1);
		}
	});

	test('one mail counts once for an address, however often it names it', () => {
		const { bounces, held } = decideAbout({ verdicts: [fullMailbox, fullMailbox, fullMailbox] });

		assert.deepEqual(
			bounces.map(({ counts }) => counts),
			[true, false, false],
		);
		assert.deepEqual(held, []);
	});

	test.each([
		'delayed',
		'delivered',
		'mdn',
		'dmarc-rua',
		'dmarc-ruf',
		'challenge-response',
		'not-bounce',
	] as const)('a mail of kind %s is ignored with a reason', (kind) => {
		const { actions, fileUnder, because } = decideAbout({ kind });

		assert.deepEqual(actions, []);
		assert.equal(fileUnder, 'ignored');
		assert.ok(because.length > 10);
	});

	test('an acknowledgement or a domain report that names nobody is ignored with its own reason', () => {
		const reasons = (['auto-reply', 'arf', 'bounce'] as const).map(
			(kind) => decideAbout({ kind, verdicts: [] }).because,
		);

		assert.equal(new Set(reasons).size, 3);
	});

	test('a complaint holds at once', () => {
		const complaint: Verdict = {
			...unknownUser,
			type: 'AOL',
			reason: 'complaint',
			fault: 'complaint',
		};

		assert.deepEqual(decideAbout({ kind: 'arf', verdicts: [complaint] }).held, [anna.id]);
	});
});
