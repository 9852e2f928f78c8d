import type { Account } from '../contract/account.ts';
import { readers } from '../contract/job.ts';
import { ServiceError } from '../errors.ts';
import type { Log } from '../log.ts';
import { pauseUnlessStopped } from '../pause.ts';
import type { Site } from '../site.ts';
import { withAddress } from './read-account.ts';
import { runJob } from './run-job.ts';

/** Whose mailboxes are watched. */
interface SiteList {
	ids(): Promise<string[]>;
	find(id: string): Promise<Site | undefined>;
}

export interface MailboxWatch {
	/** Watches the accounts that ask for it now, and no others. */
	adjust(): Promise<void>;
	/** How many mailboxes are watched now, not counting those whose connection is being made. */
	watching(): number;
	stop(): Promise<void>;
}

/** After a lost connection; a little longer each time, so that a server that is down is not stormed. What a person has to mend is tried
 *  rarely, because servers count wrong passwords; a changed account is tried at once. */
const pauses = { firstMs: 5_000, longestMs: 5 * 60_000, longestForPeopleMs: 60 * 60_000 };
const forPeople =
	/^(wrong-password|app-password-needed|web-login-needed|token-refused|oauth-lost)$/;
/** While another run of the job goes on, which may have passed this mailbox already. */
const runAgainMs = 5_000;

/** Reads accounts as their mail arrives: keeps a connection to each that asks for it, and starts its job when mail comes. A
 *  lost connection is made again. The usual frequency of the job stays as a net below.
 *  @param watch is told of the runs, so that a stop can wait for them */
export function watchMailboxes(
	sites: SiteList,
	{ watch, log }: { watch: (work: Promise<unknown>) => void; log: Log },
): MailboxWatch {
	/** By site, account and how the account was when the watch began: a changed account is watched anew. */
	const watched = new Map<string, Watched>();

	const adjust = async () => {
		const wanted = new Map<string, { siteId: string; account: Account }>();
		for (const id of await sites.ids()) {
			const site = await sites.find(id);
			if (!site) continue;
			for (const account of await site.accounts.list()) {
				if (account.isActive && account.asMailArrives && account.protocol === 'imap')
					wanted.set(keyOf(id, account), { siteId: id, account });
			}
		}
		const gone = [...watched].filter(([key]) => !wanted.has(key));
		for (const [key, { stop }] of gone) {
			stop.abort();
			watched.delete(key);
		}
		await Promise.all(gone.map(([, { ended }]) => ended));
		for (const [key, { siteId, account }] of wanted) {
			if (watched.has(key)) continue;
			const one: Watched = { stop: new AbortController(), isWatching: false, ended: nothing };
			const onMail = startingRuns(sites, siteId, account, { watch, signal: one.stop.signal });
			one.ended = keepWatching(one, sites, siteId, account, { onMail, log });
			watched.set(key, one);
		}
	};

	return {
		adjust,
		watching: () => [...watched.values()].filter(({ isWatching }) => isWatching).length,
		stop: async () => {
			for (const { stop } of watched.values()) stop.abort();
			await Promise.all([...watched.values()].map(({ ended }) => ended));
		},
	};
}

interface Watched {
	stop: AbortController;
	isWatching: boolean;
	ended: Promise<void>;
}

const nothing = Promise.resolve();

/** Reads the account; mail that comes while it is read is read after it. */
function startingRuns(
	sites: SiteList,
	siteId: string,
	{ id: accountId, usedFor }: Account,
	{ watch, signal }: { watch: (work: Promise<unknown>) => void; signal: AbortSignal },
): () => void {
	let isRunning = false;
	let isAskedAgain = false;
	const run = async () => {
		isRunning = true;
		try {
			do {
				isAskedAgain = false;
				const site = await sites.find(siteId);
				if (!site) return;
				const parameters = { accountId };
				const trigger = 'mail-arrived' as const;
				const { isOurs } = await runJob(site, readers[usedFor], { trigger, parameters });
				if (isOurs) continue;
				await pauseUnlessStopped(runAgainMs, signal);
				isAskedAgain = !signal.aborted;
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
	watched: Watched,
	sites: SiteList,
	siteId: string,
	account: Account,
	{ onMail, log }: { onMail: () => void; log: Log },
): Promise<void> {
	const { signal } = watched.stop;
	let pauseMs = pauses.firstMs;
	while (!signal.aborted) {
		let longestMs = pauses.longestMs;
		try {
			const site = await sites.find(siteId);
			if (!site) return;
			const since = site.now().getTime();
			await watchOnce(site, account, watched, onMail);
			// A connection that stood for a while is made again soon: servers end them after their own time.
			if (site.now().getTime() - since > pauses.longestMs) pauseMs = pauses.firstMs;
		} catch (error) {
			if (error instanceof ServiceError && forPeople.test(error.problem ?? ''))
				longestMs = pauses.longestForPeopleMs;
			log.warn(
				{ site: siteId, account: account.id, err: error },
				'A mailbox cannot be watched now.',
			);
		}
		await pauseUnlessStopped(pauseMs, signal);
		pauseMs = Math.min(pauseMs * 2, longestMs);
	}
}

/** Watches until the connection is lost. Connections are made a few dozen at a time, in the same line as looks into mailboxes. */
async function watchOnce(
	site: Site,
	{ id }: Account,
	watched: Watched,
	onMail: () => void,
): Promise<void> {
	const { signal } = watched.stop;
	const turn = await site.turns.looking.begin();
	try {
		let onWatching: () => void = () => undefined;
		const isWatching = new Promise<void>((resolve) => (onWatching = resolve));
		const ended = withAddress(site, id, (address) =>
			site.watchMailbox(address, { onWatching, onMail }, signal),
		);
		await turn.waitFor(Promise.race([isWatching, ended]));
		turn.end();
		watched.isWatching = true;
		await ended;
	} finally {
		watched.isWatching = false;
		turn.end();
	}
}

/** What a watch depends on; how the last reading went is no part of it. */
function keyOf(siteId: string, account: Account): string {
	const { lastReadAt: _, lastProblem: __, failures: ___, nextTryAt: ____, ...rest } = account;
	const { failingSince: _____, ...settings } = rest;
	return `${siteId} ${JSON.stringify(settings)}`;
}
