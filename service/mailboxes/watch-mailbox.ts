import { setMaxListeners } from 'node:events';
import { diagnose } from './diagnosis.ts';
import { listFolders, signIn, sourceAmong } from './imap-connection.ts';
import type { WatchMailbox } from './mail-store.ts';

const patienceMs = 30_000;
/** Routers forget silent connections after half an hour at most (RFC 2177: re-issue at least every 29 minutes). */
const longestIdleMs = 9 * 60_000;

/** Keeps an IMAP connection in IDLE (RFC 2177); servers without it are asked every few minutes by imapflow. Nothing is
 *  marked: the folder is opened for reading only. */
export const watchMailbox: WatchMailbox = async (address, onMail, signal) => {
	setMaxListeners(0, signal);
	if (signal.aborted) return;
	try {
		const client = await signIn(address, patienceMs, { idleMs: longestIdleMs });
		const hangUp = () => client.close();
		const closed = new Promise<void>((resolve) => client.once('close', resolve));
		signal.addEventListener('abort', hangUp);
		try {
			const source = sourceAmong(await listFolders(client), address);
			const { exists } = await client.mailboxOpen(source, { readOnly: true });
			client.on('exists', ({ count, prevCount }: { count: number; prevCount: number }) => {
				if (count > prevCount) onMail();
			});
			// What came before somebody watched waits already.
			if (exists > 0) onMail();
			// imapflow's own idling begins only after a quarter of a minute.
			while (client.usable && !signal.aborted) {
				if ((await Promise.race([client.idle(), closed])) === false) break;
			}
		} finally {
			signal.removeEventListener('abort', hangUp);
			client.close();
		}
	} catch (error) {
		if (!signal.aborted) throw diagnose(error, address);
	}
};
