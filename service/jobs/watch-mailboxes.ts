import type { Account } from '../contract/account.ts';
import { readers } from '../contract/job.ts';
import type { Log } from '../log.ts';
import type { Site } from '../site.ts';
import { runJob } from './run-job.ts';

/** Whose mailboxes are watched. */
interface SiteList {
	ids(): Promise<string[]>;
	find(id: string): Promise<Site | undefined>;
}

export interface MailboxWatch {
	/** Watches the accounts that ask for it now, and no others. */
	adjust(): Promise<void>;
	stop(): Promise<void>;
}

/** After a lost connection; a little longer each time, so that a server that is down is not stormed. */
const pauses = { firstMs: 5_000, longestMs: 5 * 60_000 };

/** Reads accounts as their mail arrives: keeps a connection to each that asks for it, and starts its job when mail comes. A
 *  lost connection is made again. The usual frequency of the job stays as a net below.
 *  @param watch is told of the runs, so that a stop can wait for them */
export function watchMailboxes(
	sites: SiteList,
	{ watch, log }: { watch: (work: Promise<unknown>) => void; log: Log },
): MailboxWatch {
	/** By site, account and how the account was when the watch began: a changed account is watched anew. */
	const watched = new Map<string, { stop: AbortController; ended: Promise<void> }>();

	const adjust = async () => {
		const wanted = new Map<string, { site: Site; account: Account }>();
		for (const id of await sites.ids()) {
			const site = await sites.find(id);
			if (!site) continue;
			for (const account of await site.accounts.list()) {
				if (account.isActive && account.asMailArrives && account.protocol === 'imap')
					wanted.set(keyOf(site, account), { site, account });
			}
		}
		const gone = [...watched].filter(([key]) => !wanted.has(key));
		for (const [key, { stop }] of gone) {
			stop.abort();
			watched.delete(key);
		}
		await Promise.all(gone.map(([, { ended }]) => ended));
		for (const [key, { site, account }] of wanted) {
			if (watched.has(key)) continue;
			const stop = new AbortController();
			const start = startingRuns(sites, site.id, account, watch);
			watched.set(key, { stop, ended: keepWatching(site, account, start, stop.signal, log) });
		}
	};

	return {
		adjust,
		stop: async () => {
			for (const { stop } of watched.values()) stop.abort();
			await Promise.all([...watched.values()].map(({ ended }) => ended));
		},
	};
}

/** Starts the account's job; mail that comes while it runs is read by one more run after it. */
function startingRuns(
	sites: SiteList,
	siteId: string,
	{ usedFor }: Account,
	watch: (work: Promise<unknown>) => void,
): () => void {
	let isRunning = false;
	let isAskedAgain = false;
	const run = async () => {
		isRunning = true;
		try {
			do {
				isAskedAgain = false;
				const site = await sites.find(siteId);
				if (site) await runJob(site, readers[usedFor], { trigger: 'mail-arrived' });
			} while (isAskedAgain);
		} finally {
			isRunning = false;
		}
	};
	return () => {
		if (isRunning) isAskedAgain = true;
		else watch(run());
	};
}

async function keepWatching(
	site: Site,
	account: Account,
	onMail: () => void,
	signal: AbortSignal,
	log: Log,
): Promise<void> {
	let pauseMs = pauses.firstMs;
	while (!signal.aborted) {
		try {
			const address = await site.accounts.mailboxAddress(account.id);
			await site.watchMailbox(
				address,
				() => {
					pauseMs = pauses.firstMs;
					onMail();
				},
				signal,
			);
		} catch (error) {
			log.warn(
				{ site: site.id, account: account.id, err: error },
				'A mailbox cannot be watched now.',
			);
		}
		await pauseUnlessStopped(pauseMs, signal);
		pauseMs = Math.min(pauseMs * 2, pauses.longestMs);
	}
}

function pauseUnlessStopped(ms: number, signal: AbortSignal): Promise<void> {
	if (signal.aborted) return Promise.resolve();
	return new Promise((resolve) => {
		const done = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		signal.addEventListener('abort', done);
	});
}

/** What a watch depends on; how the last reading went is no part of it. */
function keyOf(site: Site, account: Account): string {
	const { lastReadAt: _, lastProblem: __, failures: ___, nextTryAt: ____, ...rest } = account;
	const { failingSince: _____, ...settings } = rest;
	return `${site.id} ${JSON.stringify(settings)}`;
}
