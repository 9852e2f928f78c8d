import { setMaxListeners } from 'node:events';
import { pauseUnlessStopped } from '../pause.ts';
import { diagnose } from './diagnosis.ts';
import { signIn, sourceAmong } from './imap/connection.ts';
import type { ImapConnection } from './imap/imap-connection.ts';
import { listFolders, openFolder } from './imap/folders.ts';
import { ConnectionLost } from './imap/wire.ts';
import type { ImapWire } from './imap/wire.ts';
import type { MailboxAddress, WatchMailbox } from './mail-store.ts';

const patienceMs = 30_000;
/** Routers forget silent connections after half an hour at most, many earlier (RFC 2177: begin anew at least every 29 minutes). */
const longestIdleMs = 9 * 60_000;
/** Servers without IDLE tell what is new when they are asked for nothing (RFC 3501 §6.1.2). */
const askEveryMs = 2 * 60_000;
const longestName = 4_096;

/** Keeps an IMAP connection in IDLE (RFC 2177). Nothing is marked: the folder is opened for reading only. */
export const watchMailbox: WatchMailbox = async (address, tell, signal) => {
	setMaxListeners(0, signal);
	if (signal.aborted) return;
	let connection: ImapConnection | undefined;
	const hangUp = () => connection?.wire.close();
	try {
		connection = await signIn(address, { silenceMs: patienceMs, keepBytes: longestName });
		signal.addEventListener('abort', hangUp);
		if (!signal.aborted) await waitForMail(connection, address, tell, signal);
	} catch (error) {
		if (!signal.aborted) throw diagnose(error, address);
	} finally {
		signal.removeEventListener('abort', hangUp);
		hangUp();
	}
};

async function waitForMail(
	connection: ImapConnection,
	address: MailboxAddress,
	{ onWatching, onMail }: Parameters<WatchMailbox>[1],
	signal: AbortSignal,
): Promise<void> {
	const { wire, capabilities } = connection;
	const source = sourceAmong(await listFolders(connection), address);
	let known = Infinity;
	wire.overhear(({ text }) => {
		const [, number, what] = /^\* (\d+) (EXISTS|EXPUNGE)\b/i.exec(text) ?? [];
		if (what === undefined) return;
		const mails = what.toUpperCase() === 'EXISTS' ? Number(number) : known - 1;
		if (mails > known) onMail();
		known = mails;
	});
	const { mails } = await openFolder(wire, source, 'EXAMINE');
	onWatching();
	if (mails > 0) onMail();
	try {
		while (!signal.aborted) {
			if (capabilities.has('IDLE')) await idle(wire);
			else await askLater(wire, signal);
		}
	} catch (error) {
		// Servers end silent connections after their own time; then it is made again.
		if (!(error instanceof ConnectionLost)) throw error;
	}
}

/** Lets the server tell what is new, for as long as one IDLE may last. */
async function idle(wire: ImapWire): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	wire.allowSilence(longestIdleMs + patienceMs);
	try {
		await wire.run('IDLE', undefined, () => {
			timer = setTimeout(() => {
				wire.allowSilence(patienceMs);
				wire.say('DONE');
			}, longestIdleMs).unref();
		});
	} finally {
		clearTimeout(timer);
	}
}

async function askLater(wire: ImapWire, signal: AbortSignal): Promise<void> {
	await pauseUnlessStopped(askEveryMs, signal);
	if (!signal.aborted) await wire.run('NOOP');
}
