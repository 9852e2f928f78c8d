import { usualLimits } from '../../service/mailboxes/mail-store.ts';
import type { MailStore } from '../../service/mailboxes/mail-store.ts';
import type { Site } from '../../service/site.ts';

/** Is told of every step when it is taken, which is before the next one; may never return. */
export type OnStep = (step: string) => void;

/** The same site, telling of each thing it does: every call of its report, CRM, rules, accounts and jobs, the begin and the
 *  commit of its transactions, and every deed at the mailbox. */
export function deadlySite(site: Site, onStep: OnStep): Site {
	return {
		...site,
		report: telling(site.report, 'report', onStep),
		crm: telling(site.crm, 'crm', onStep),
		filing: telling(site.filing, 'filing', onStep),
		blobs: {
			...telling(site.blobs, 'blobs', onStep),
			read: (sha256) => site.blobs.read(sha256),
			begin: async (at) => telling(await site.blobs.begin(at), 'blob', onStep),
		},
		rules: {
			...telling(site.rules, 'rules', onStep),
			deeds: telling(site.rules.deeds, 'deeds', onStep),
		},
		jobs: telling(site.jobs, 'jobs', onStep),
		accounts: telling(site.accounts, 'accounts', onStep),
		inTransaction: async (work) => {
			const result = await site.inTransaction(async (inside) => {
				onStep('in the transaction');
				const done = await work(deadlySite(inside, onStep));
				onStep('before the commit');
				return done;
			});
			onStep('after the commit');
			return result;
		},
		openMailbox: async (address, limits) => {
			onStep('before the mailbox is opened');
			return deadlyStore(
				await site.openMailbox(address, { ...(limits ?? usualLimits), ...smallWindows }),
				onStep,
			);
		},
	};
}

/** Windows so small that a run has several. */
const smallWindows = {
	windowSize: 10,
	windowBytes: 1_000_000,
	readLimitBytes: 1_000_000,
	silenceMs: 10_000,
};

function deadlyStore(store: MailStore, onStep: OnStep): MailStore {
	const told = telling(store, 'mailbox', onStep);
	return {
		name: store.name,
		countWaiting: () => told.countWaiting(),
		bringBackIgnored: () => told.bringBackIgnored(),
		countIgnored: () => told.countIgnored(),
		ignored: () => store.ignored(),
		close: () => told.close(),
		pieces: (mail) => store.pieces(mail),
		async *windows() {
			for await (const window of store.windows()) {
				onStep('after a window was fetched');
				yield window;
				onStep('after a window was dealt with');
			}
		},
		file: async (mails, under) => {
			onStep(`before filing under ${under}`);
			await store.file(mails.slice(0, mails.length / 2), under);
			onStep(`half way through filing under ${under}`);
			await store.file(mails, under);
			onStep(`after filing under ${under}`);
		},
	};
}

function telling<Port extends object>(port: Port, name: string, onStep: OnStep): Port {
	return new Proxy(port, {
		get(target, key) {
			const value: unknown = Reflect.get(target, key);
			if (typeof value !== 'function') return value;
			return async (...args: unknown[]) => {
				const result: unknown = await Reflect.apply(value, target, args);
				onStep(`after ${name}.${String(key)}`);
				return result;
			};
		},
	});
}
