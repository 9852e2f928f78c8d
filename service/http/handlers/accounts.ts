import type { Account, ListedAccount } from '../../contract/account.ts';
import { readers } from '../../contract/job.ts';
import type { JobRun } from '../../contract/job.ts';
import { ServiceError } from '../../errors.ts';
import type { Site } from '../../site.ts';
import type { HandlersOf } from './handler.ts';

type AccountRoutes =
	| 'listAccounts'
	| 'addAccount'
	| 'changeAccount'
	| 'deleteAccount'
	| 'testAccount'
	| 'getMailFolders'
	| 'beginAuthorisation'
	| 'finishAuthorisation'
	| 'forgetAuthorisation';

export const accountHandlers: HandlersOf<AccountRoutes> = {
	listAccounts: async ({ site }) => {
		const rows = await listed(site);
		return { rows, total: rows.length };
	},

	getMailFolders: ({ site }) => Promise.resolve({ folders: site.accounts.mailFolders() }),

	addAccount: ({ site, caller }, fields) =>
		site.inTransaction(async (inside) => {
			const account = await inside.accounts.add(fields);
			await inside.audit.note(
				caller.userName,
				`Added the mail account “${account.name}”.`,
				inside.now(),
			);
			return account;
		}),

	changeAccount: ({ site, caller }, { id, ...fields }) =>
		site.inTransaction(async (inside) => {
			const account = await inside.accounts.change(id, fields);
			await inside.audit.note(
				caller.userName,
				`Changed the mail account “${account.name}”.`,
				inside.now(),
			);
			return account;
		}),

	deleteAccount: ({ site, caller }, { id }) =>
		site.inTransaction(async (inside) => {
			const { name } = await inside.accounts.delete(id);
			const sentence = `The mail account “${name}” was deleted. Its mailbox and the bounces read from it are untouched.`;
			await inside.audit.note(caller.userName, sentence, inside.now());
			return { sentence };
		}),

	testAccount: async ({ site }, { id, ...fields }) => {
		try {
			return await site.testMailbox(await site.accounts.mailboxAddressOf(fields, id));
		} catch (error) {
			if (error instanceof ServiceError && error.kind === 'mailbox-trouble') {
				return { isWorking: false, sentence: error.message, problem: error.problem };
			}
			throw error;
		}
	},

	beginAuthorisation: async ({ site }, { id, redirectUrl }) => ({
		url: await site.authorisations.begin(id, redirectUrl, site.now()),
	}),

	finishAuthorisation: async ({ site, caller }, answer) => {
		const account = await site.accounts.get(await site.authorisations.finish(answer, site.now()));
		await site.accounts.noteReading(account.id, null, null);
		await site.audit.note(
			caller.userName,
			`Authorised the mail account “${account.name}” with OAuth2.`,
			site.now(),
		);
		return site.accounts.get(account.id);
	},

	forgetAuthorisation: async ({ site, caller }, { id }) => {
		const { name } = await site.accounts.get(id);
		await site.authorisations.forget(id);
		await site.audit.note(
			caller.userName,
			`Forgot the authorisation of the mail account “${name}”.`,
			site.now(),
		);
		return site.accounts.get(id);
	},
};

const weekMs = 7 * 24 * 60 * 60_000;

async function listed(site: Site): Promise<ListedAccount[]> {
	const accounts = await site.accounts.list();
	const seen = await site.outcomes.seenSince(new Date(site.now().getTime() - weekMs));
	const jobs = await site.jobs.list(site.now());
	return accounts.map((account) => {
		const { mails = 0, newestAt } = seen.get(account.id) ?? {};
		const run = jobs.find(({ name }) => name === readers[account.usedFor])?.running;
		return {
			...account,
			isBeingRead: Boolean(run && isToBeRead(account, run, site.now())),
			mailsThisWeek: mails,
			newestMailAt: newestAt?.toISOString() ?? null,
		};
	});
}

/** A run notes on each account when it has come to its end. */
function isToBeRead(account: Account, run: JobRun, now: Date): boolean {
	if (!account.isActive || (run.accountId !== null && run.accountId !== account.id)) return false;
	const isResting =
		run.trigger !== 'by-hand' && account.nextTryAt !== null && new Date(account.nextTryAt) > now;
	return !isResting && (account.lastReadAt === null || account.lastReadAt < run.startedAt);
}
