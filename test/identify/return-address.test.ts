import assert from 'node:assert/strict';
import { test } from 'vitest';
import {
	formatReturnAddress,
	isSameHash,
	newReturnHash,
	returnAddressFinder,
} from '../../service/identify/return-address.ts';

const address = { action: 'b', job: 12, queue: 345, hash: '0123456789abcdef' } as const;
const subAddressing = { localPart: 'return+', emailDomain: 'example.org' };

test('a return address is written in the documented grammar', () => {
	assert.equal(
		formatReturnAddress(address, subAddressing),
		'return+b.12.345.0123456789abcdef@example.org',
	);
	assert.equal(
		formatReturnAddress(address, { localPart: '', emailDomain: 'example.org' }),
		'b.12.345.0123456789abcdef@example.org',
	);
	assert.equal(
		formatReturnAddress(address, {
			localPart: 'bounce-',
			emailDomain: 'example.org',
			separator: '_',
		}),
		'bounce-b_12_345_0123456789abcdef@example.org',
	);
});

test('a local part over 64 octets is refused', () => {
	const addressing = { localPart: 'x'.repeat(40), emailDomain: 'example.org' };

	assert.throws(() => formatReturnAddress(address, addressing), RangeError);
});

test.each([
	['bare', 'return+b.12.345.0123456789abcdef@example.org'],
	['in angle brackets', 'Bounces <return+b.12.345.0123456789abcdef@example.org>'],
	['shouted by a server', 'RETURN+B.12.345.0123456789ABCDEF@EXAMPLE.ORG'],
	['one of several', 'info@example.org, return+b.12.345.0123456789abcdef@example.org; x@y.example'],
	['with a type in front', 'rfc822;return+b.12.345.0123456789abcdef@example.org'],
	['at the end of a sentence', 'for return+b.12.345.0123456789abcdef@example.org.'],
])('a return address is found %s', (_how, text) => {
	assert.deepEqual(returnAddressFinder(subAddressing)(text), [address]);
});

test('what only looks like a return address is not found', () => {
	const find = returnAddressFinder(subAddressing);

	for (const text of [
		'xreturn+b.12.345.0123456789abcdef@example.org',
		'return+b.12.345.0123456789abcde@example.org',
		'return+z.12.345.0123456789abcdef@example.org',
		'return+b.12.345.0123456789abcdef@example.org.evil.example',
		'return+b.12.345.0123456789abcdef@example.organisation',
		'return+b.x.345.0123456789abcdef@example.org',
	]) {
		assert.deepEqual(find(text), [], text);
	}
});

test.each(['.', '-', '_', '='] as const)(
	'an address sent with the separator %s is found, whatever it is now',
	(separator) => {
		const sent = formatReturnAddress(address, { ...subAddressing, separator });

		assert.deepEqual(returnAddressFinder(subAddressing)(sent), [address]);
	},
);

test('a catch-all account finds its addresses, which have nothing in front', () => {
	const find = returnAddressFinder({ localPart: '', emailDomain: 'example.org' });

	assert.deepEqual(find('To: b.12.345.0123456789abcdef@example.org'), [address]);
	assert.deepEqual(find('To: return+b.12.345.0123456789abcdef@example.org'), []);
});

test('looking for return addresses takes linear time on a hostile text', () => {
	const find = returnAddressFinder(subAddressing);
	const hostile = `${'return+b.1.'.repeat(200_000)}@example.org`;
	const before = process.cpuUsage();

	assert.deepEqual(find(hostile), []);
	assert.ok(process.cpuUsage(before).user < 1_000_000);
});

test('hashes are 16 hexadecimal digits, never the same, and compared without case', () => {
	const hashes = new Set(Array.from({ length: 1000 }, newReturnHash));

	assert.equal(hashes.size, 1000);
	for (const hash of hashes) assert.match(hash, /^[0-9a-f]{16}$/);
	assert.ok(isSameHash('0123456789ABCDEF', '0123456789abcdef'));
	assert.ok(!isSameHash('0123456789abcdee', '0123456789abcdef'));
	assert.ok(!isSameHash('', '0123456789abcdef'));
});
