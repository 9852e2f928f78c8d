import type { FilingFolder, SeenMails } from '../../service/mailboxes/mail-store.ts';

export interface RememberedMails extends SeenMails {
	/** What is remembered now, and what was remembered last of each mail that was forgotten since. */
	now: Map<string, FilingFolder>;
	ever: Map<string, FilingFolder>;
}

/** The memory of a mailbox without folders, kept in this process. */
export function rememberedMails(): RememberedMails {
	const now = new Map<string, FilingFolder>();
	const ever = new Map<string, FilingFolder>();
	return {
		now,
		ever,
		all: async () => new Map(now),
		remember: async (names, under) => {
			for (const name of names) {
				now.set(name, under);
				ever.set(name, under);
			}
		},
		forget: async (names) => names.forEach((name) => now.delete(name)),
	};
}
