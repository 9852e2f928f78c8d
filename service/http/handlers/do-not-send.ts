import { writeCsv } from '../../csv.ts';
import type { DoNotSendEntry } from '../../contract/rule.ts';
import { ServiceError } from '../../errors.ts';
import type { Site } from '../../site.ts';
import { counted } from '../../words.ts';
import type { HandlersOf } from './handler.ts';

type DoNotSendRoutes = 'listDoNotSend' | 'addDoNotSend' | 'exportDoNotSend' | 'removeDoNotSend';

/** Addresses that the audit log names one by one. */
const mostNamed = 20;
const rowsAtOnce = 1_000;

export const doNotSendHandlers: HandlersOf<DoNotSendRoutes> = {
	listDoNotSend: ({ site }, filters) => site.crm.listDoNotSend(filters),

	addDoNotSend: ({ site, caller: { userName } }, { entries }) =>
		site.inTransaction(async (inside) => {
			const at = inside.now();
			const wanted = new Map(entries.map((entry) => [entry.email.toLowerCase(), entry]));
			const known = await inside.crm.doNotSendAmong([...wanted.keys()]);
			const fresh = [...wanted].filter(([email]) => !known.has(email));
			const already = `${subject([...known])} on the do-not-send list already.`;
			if (fresh.length === 0) throw new ServiceError('conflict', already);

			const added = fresh.map(([email, { note, formerly }]) => ({
				email,
				because: note || `Added by ${userName}`,
				...(formerly && { who: formerly.who, at: earlier(new Date(formerly.addedAt), at) }),
			}));
			await inside.crm.addToDoNotSend(added, userName, at);
			const emails = added.map(({ email }) => email);
			const sentence = `${subject(emails)} on the do-not-send list now.`;
			await inside.audit.note(
				userName,
				emails.length > 1 ? sentence + named(emails) : sentence,
				at,
			);
			return { sentence: known.size > 0 ? `${sentence} ${already}` : sentence };
		}),

	exportDoNotSend: async ({ site }) => {
		const entries = await all(site);
		const rows = entries.map(({ email, addedAt, who, because }) => [email, addedAt, who, because]);
		const day = site.now().toISOString().slice(0, 10);
		return {
			fileName: `do-not-send-${day}.csv`,
			csv: writeCsv(['email', 'added_at', 'added_by', 'reason'], rows),
			rows: rows.length,
		};
	},

	removeDoNotSend: ({ site, caller }, { emails }) =>
		site.inTransaction(async (inside) => {
			const removed = await inside.crm.removeFromDoNotSend(emails);
			const noun = counted(removed, 'address was', 'addresses were');
			const sentence = `${noun} taken off the do-not-send list.`;
			await inside.audit.note(caller.userName, `${sentence}${named(emails)}`, inside.now());
			return { sentence };
		}),
};

/** Nobody is on the list since a day that is yet to come. */
function earlier(one: Date, other: Date): Date {
	return one < other ? one : other;
}

async function all(site: Site): Promise<DoNotSendEntry[]> {
	const entries: DoNotSendEntry[] = [];
	for (let page = 1; ; page += 1) {
		const { rows, total } = await site.crm.listDoNotSend({ page, per_page: rowsAtOnce });
		entries.push(...rows);
		if (rows.length === 0 || entries.length >= total) return entries;
	}
}

/** "anna@example.org is", "3 addresses are". */
function subject(emails: readonly string[]): string {
	return emails.length === 1 ? `${emails[0]} is` : `${counted(emails.length, '', 'addresses')} are`;
}

/** What the audit log says besides the number. */
function named(emails: readonly string[]): string {
	const more = emails.length > mostNamed ? ' …' : '';
	return ` (${emails.slice(0, mostNamed).join(', ')}${more})`;
}
