import assert from 'node:assert/strict';
import { afterEach, beforeEach, onTestFinished, test, vi } from 'vitest';
import { watchMailbox } from '../../service/mailboxes/watch-mailbox.ts';
import { startScriptedImap } from './scripted-imap.ts';

const minute = 60_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Something that happens in the network, which no clock moves. */
async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

/** A mailbox with two mails that is watched. @param can what the server can do */
async function aWatchedMailbox(can = 'IDLE') {
	const greeting = `* OK [CAPABILITY IMAP4rev1 ${can}] ready`;
	const server = await startScriptedImap(
		[
			[/^LOGIN/, () => [`OK [CAPABILITY IMAP4rev1 ${can}] hi`]],
			[/^EXAMINE/, () => ['* 2 EXISTS', 'OK [READ-ONLY] open']],
			[/^IDLE/, () => ['+ idling']],
			[/^\+ DONE/, () => ['OK']],
			[/^NOOP/, () => ['* 3 EXISTS', 'OK']],
		],
		greeting,
	);
	let mails = 0;
	let isWatching = false;
	const stop = new AbortController();
	const tell = { onMail: () => void mails++, onWatching: () => void (isWatching = true) };
	const ended = watchMailbox(server.address, tell, stop.signal);
	onTestFinished(() => {
		stop.abort();
		return ended.catch(() => undefined);
	});
	await until(() => isWatching);
	const heard = (command: string) => server.commands.filter((one) => one === command).length;
	return { server, stop, ended, heard, mails: () => mails };
}

test('what waits already is told, then what comes in, and not what goes', async () => {
	const { server, heard, mails } = await aWatchedMailbox();
	await until(() => heard('IDLE') === 1);
	assert.equal(mails(), 1);

	server.tell('* 1 EXPUNGE\r\n* 1 EXPUNGE\r\n* 0 RECENT\r\n* 1 EXISTS');
	await until(() => mails() === 2);

	server.tell('* 1 EXISTS\r\n* OK still here\r\n* 2 EXISTS');
	await until(() => mails() === 3);
});

test('an IDLE is begun anew after nine minutes, long before servers and routers forget it', async () => {
	const { heard } = await aWatchedMailbox();
	await until(() => vi.getTimerCount() === 1);

	vi.advanceTimersByTime(9 * minute);

	await until(() => heard('IDLE') === 2);
	assert.equal(heard('+ DONE'), 1);
});

test('a server that knows no IDLE is asked every two minutes', async () => {
	const { heard, mails } = await aWatchedMailbox('');
	assert.equal(heard('NOOP'), 0);
	await until(() => vi.getTimerCount() === 1);

	vi.advanceTimersByTime(2 * minute);

	await until(() => mails() === 2);
	assert.equal(heard('IDLE'), 0);
});

test('a connection that is lost ends the watch, and so does a stop', async () => {
	const lost = await aWatchedMailbox();
	await until(() => lost.heard('IDLE') === 1);
	const stopped = await aWatchedMailbox();

	lost.server.hangUp();
	stopped.stop.abort();

	await Promise.all([lost.ended, stopped.ended]);
});
