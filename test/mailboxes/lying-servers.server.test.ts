import assert from 'node:assert/strict';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { usualLimits } from '../../service/mailboxes/mail-store.ts';
import type { Site } from '../../service/site.ts';
import { allWindows, mails, reading } from '../contracts/mail-store.ts';
import { aSite } from '../support/a-site.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import type { Faults } from '../support/tcp-proxy.ts';
import { aBounceAccount, countDone, doneWith, fetchBounces, threeMails } from './exactly-once.ts';

/** For the servers that fall silent; the others may take their time. */
const briefMs = 1_000;
const rounds = 3;

let dovecot: Dovecot;
beforeAll(async () => {
	dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

/** What a server does wrong from some moment on, and how the run ends; "done" where it can do its work all the same. */
interface Lie {
	faults: () => Faults;
	ends: RegExp;
	silenceMs?: number;
}

const nonsense = /talks nonsense/;
const silent = /stopped answering in the middle|says nothing/;
const done = /^9 mails read/;
/** Some or all of the mails are read, and the others stay. */
const anyDone = /mails? read/;

const always = (rewrite: (said: string) => string) => () => ({ rewrite });
/** The first time that the server says something of the kind. */
const once = (when: RegExp, rewrite: (said: string) => string) => () => {
	let isOver = false;
	return {
		rewrite: (said: string) => {
			if (isOver || !when.test(said)) return said;
			isOver = true;
			return rewrite(said);
		},
	};
};
/** From the first time on that the server says something of the kind, nothing else any more. */
const endlessly = (when: RegExp, words: string) => () => ({
	flood: (said: string) => (when.test(said) ? words : undefined),
});
const manyLetters = 'x'.repeat(100_000);

const imapLies: Record<string, Lie> = {
	'says that mails are smaller than they are': {
		faults: always((said) => said.replace(/RFC822\.SIZE \d+/g, 'RFC822.SIZE 10')),
		ends: done,
	},
	'says that mails are bigger than they are': {
		faults: always((said) => said.replace(/RFC822\.SIZE \d+/g, 'RFC822.SIZE 99999999')),
		ends: done,
	},
	'says that mails have no size': {
		faults: always((said) => said.replace(/RFC822\.SIZE \d+/g, 'RFC822.SIZE NIL')),
		ends: anyDone,
	},
	'sends more of a mail than it announces': {
		faults: once(/BODY\[\] \{/, (said) => said.replace(/\{(\d+)\}/, (_, n) => `{${n - 300}}`)),
		ends: nonsense,
	},
	'sends less of a mail than it announces': {
		faults: once(/BODY\[\] \{/, (said) => said.replace(/\{(\d+)\}/, (_, n) => `{${+n + 300}}`)),
		ends: /talks nonsense|stopped answering/,
		silenceMs: briefMs,
	},
	'announces a mail that never ends': {
		faults: once(/BODY\[\] \{/, (said) => said.replace(/\{(\d+)\}/, '{999999999999}')),
		ends: nonsense,
	},
	'stops in the middle of a mail': {
		faults: () => ({ stallAfterBytes: 4_000 }),
		ends: silent,
		silenceMs: briefMs,
	},
	'stops in the middle of a line': {
		faults: () => ({ stallAfterBytes: 900 }),
		ends: silent,
		silenceMs: briefMs,
	},
	'gives mails without a body, because they are gone': {
		faults: once(/BODY\[\]/, (said) => said.replaceAll('BODY[]', 'BODX[]')),
		ends: anyDone,
	},
	'sends garbage between its answers': {
		faults: once(/^\* \d+ FETCH/, (said) => `+\0\0\xff garbage\r\nwhat is this\r\n${said}`),
		ends: nonsense,
	},
	'sends NUL bytes': {
		faults: once(/^\* \d+ FETCH/, (said) => `* \0\0\0\r\n${said}`),
		ends: done,
	},
	'sends a line without an end': {
		faults: endlessly(/^\* \d+ FETCH/, manyLetters),
		ends: nonsense,
	},
	'sends lines without an end': {
		faults: endlessly(/^\* \d+ FETCH/, '* OK still here\r\n'.repeat(5_000)),
		ends: nonsense,
	},
	'finds mails without an end': {
		faults: endlessly(/^\* SEARCH/, `* SEARCH ${'4294967295 '.repeat(9_000)}\r\n`),
		ends: nonsense,
	},
	'sends literals without an end': {
		faults: endlessly(/^\* \d+ FETCH/, `({100000}\r\n${manyLetters}`),
		ends: nonsense,
	},
	'tells of expunged and new mails all the time': {
		faults: always((said) =>
			/^(\* |r\d+ )/.test(said)
				? `* 1 EXPUNGE\r\n* 99 EXISTS\r\n* 2 FETCH (FLAGS (\\Seen))\r\n${said}`
				: said,
		),
		ends: done,
	},
	'says goodbye in the middle': {
		faults: once(/^\* \d+ FETCH/, () => '* BYE Going down for repairs\r\n'),
		ends: /Going down for repairs|stopped answering/,
		silenceMs: briefMs,
	},
	'answers every command twice': {
		faults: always((said) => said.replace(/(^|\n)(r\d+ OK[^\n]*\n)/g, '$1$2$2')),
		ends: done,
	},
	'refuses to fetch': {
		faults: always((said) => said.replace(/^(r\d+) OK Fetch/gm, '$1 NO Fetch')),
		ends: anyDone,
	},
};

const pop3Lies: Record<string, Lie> = {
	'says that mails are smaller than they are': {
		faults: always((said) => said.replace(/^(\d+) \d+\r$/gm, '$1 10\r')),
		ends: done,
	},
	'says that mails are bigger than they are': {
		faults: always((said) => said.replace(/^(\d+) \d+\r$/gm, '$1 99999999\r')),
		ends: done,
	},
	'stops in the middle of a mail': {
		faults: () => ({ stallAfterBytes: 4_000 }),
		ends: silent,
		silenceMs: briefMs,
	},
	'stops in the middle of a line': {
		faults: () => ({ stallAfterBytes: 200 }),
		ends: silent,
		silenceMs: briefMs,
	},
	'refuses every second mail, because they are gone': {
		faults: always((said) =>
			said.replace(/\+OK \d+ octets\r\n[^]*?\r\n\.\r\n(?=\+OK)/g, '-ERR no such message\r\n'),
		),
		ends: anyDone,
	},
	'sends garbage between its answers': {
		faults: once(/^\+OK \d+ octets/, (said) => `what is\0this\r\n${said}`),
		ends: nonsense,
	},
	'sends a line without an end': {
		faults: endlessly(/^\+OK \d+ octets/, manyLetters),
		ends: nonsense,
	},
	'sends a list without an end': {
		faults: endlessly(/^1 \S+\r/m, '1 1111\r\n'.repeat(10_000)),
		ends: nonsense,
	},
	'says goodbye in the middle': {
		faults: once(/^\+OK \d+ octets/, () => '-ERR [SYS/TEMP] Going down for repairs\r\n'),
		ends: /Going down for repairs|stopped answering|mails? read/,
		silenceMs: briefMs,
	},
};

describe.each([
	['imap', imapLies],
	['pop3', pop3Lies],
] as const)('By %s, a server that', (protocol, lies) => {
	for (const [what, { faults, ends, silenceMs }] of Object.entries(lies)) {
		test(`${what} is told of in words, loses nothing, and is read once when it has come to its senses`, async () => {
			const { site, db } = await aSite();
			const user = dovecot.addUser();
			const address = user.address({ protocol });
			const proxy = await startTcpProxy(address.port, faults());
			const purges = { purgeProcessed: true, purgeUnprocessed: true };
			const account = await site.accounts.add({
				...aBounceAccount({ ...address, port: proxy.port }),
				...purges,
			});
			for (let round = 0; round < rounds; round++)
				user.inbox.deliver(...(await threeMails(site, round)));
			const before = { at: Date.now(), rss: process.memoryUsage().rss };

			const lied = await fetchBounces(impatient(site, silenceMs));

			assert.match(lied.sentence, ends);
			assert.ok(Date.now() - before.at < 30_000, `took ${Date.now() - before.at} ms`);
			const grown = (process.memoryUsage().rss - before.rss) / 2 ** 20;
			assert.ok(grown < 300, `${grown} MB more`);

			await proxy.close();
			await site.accounts.change(account.id, { ...aBounceAccount(address), ...purges });
			const honest = await fetchBounces(site);
			assert.equal(honest.state, 'done', honest.sentence);
			assert.deepEqual(await countDone(db), doneWith(rounds));
			assert.equal(user.inbox.mails().length, 0);
		});
	}
});

test.each(['imap', 'pop3'] as const)(
	'by %s, mails that are bigger than announced fill no memory: what is too much waits for another run',
	async (protocol) => {
		const user = dovecot.addUser();
		user.inbox.deliver(
			...mails(24).map((mail) => Buffer.concat([mail, Buffer.alloc(50_000, 'x\r\n')])),
		);
		const address = user.address({ protocol });
		const { faults } = (protocol === 'imap' ? imapLies : pop3Lies)[
			'says that mails are smaller than they are'
		]!;
		const proxy = await startTcpProxy(address.port, faults());
		const limits = { windowSize: 24, windowBytes: 200_000, readLimitBytes: 100_000 };

		const windows = await reading(
			{ address: { ...address, port: proxy.port } },
			limits,
			allWindows,
		);

		const sizes = windows.map((window) => window.reduce((sum, { bytes }) => sum + bytes.length, 0));
		assert.ok(Math.max(...sizes) > 0);
		assert.ok(Math.max(...sizes) <= 500_000, `${sizes.join(', ')} bytes a window`);
		await proxy.close();
	},
);

function impatient(site: Site, silenceMs = usualLimits.silenceMs): Site {
	return {
		...site,
		openMailbox: (address, limits = usualLimits) =>
			site.openMailbox(address, { ...limits, windowSize: 4, silenceMs }),
	};
}
