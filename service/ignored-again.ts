import type { Account } from './contract/account.ts';
import type { RunContext } from './jobs/job-book.ts';
import type { MailStore } from './mailboxes/mail-store.ts';
import type { Message } from './messages/message.ts';
import { counted } from './words.ts';

/** Why no ignored mail of an account can ever be brought back; undefined when it can. */
export function whyNoneComeBack({ protocol, purgeUnprocessed }: Account): string | undefined {
	return protocol === 'pop3' && purgeUnprocessed
		? 'POP3 has no folder for ignored mails, and this account deletes them on the server, so none can be brought back. What is kept of them is in the mail log.'
		: undefined;
}

/** Whether ignored mails of an account can be brought back; if not, the job log says why. */
export async function canComeBack(
	account: Account,
	{ note }: Pick<RunContext, 'note'>,
): Promise<boolean> {
	const whyNot = whyNoneComeBack(account);
	if (whyNot !== undefined) await note('info', `${account.name}: ${whyNot}`);
	return whyNot === undefined;
}

/** Moves the ignored mails back to those that wait, and says in the job log how many. */
export async function bringBackIgnored(
	store: MailStore,
	{ note }: Pick<RunContext, 'note'>,
): Promise<void> {
	const count = await store.bringBackIgnored();
	const sentence = `${counted(count, 'ignored mail was', 'ignored mails were')} brought back to be looked at again.`;
	await note('info', sentence);
}

/** What was decided about an ignored mail in a dry run. */
interface Foreseen {
	message: Pick<Message, 'subject' | 'from'>;
	outcome: 'acted' | 'ignored';
	because: string;
}

/** So many mails are told of one by one. */
const mostTold = 20;

/** Tells in the job log which ignored mails would come to something if they were brought back; where a run may read several
 *  mailboxes, of which account they are. */
export class Foretold {
	readonly #note: (sentence: string) => Promise<void>;
	#count = 0;

	constructor(
		{ usedFor, name }: Account,
		{ note, parameters }: Pick<RunContext, 'note' | 'parameters'>,
	) {
		const isOneOfSome = usedFor === 'activities' && parameters.accountId === undefined;
		this.#note = (sentence) => note('info', isOneOfSome ? `${name}: ${sentence}` : sentence);
	}

	async tell(mails: readonly Foreseen[]): Promise<void> {
		for (const mail of mails) {
			if (mail.outcome !== 'acted') continue;
			this.#count += 1;
			if (this.#count <= mostTold) await this.#note(sentenceOf(mail));
		}
	}

	/** Says how many more there were. */
	async finish(): Promise<void> {
		const more = this.#count - mostTold;
		if (more <= 0) return;
		await this.#note(`${counted(more, 'more mail', 'more mails')} would be treated otherwise now.`);
	}
}

function sentenceOf({ message: { subject, from }, because }: Foreseen): string {
	const sender = from ? ` from ${shortened(from, 100)}` : '';
	return `“${shortened(subject, 100)}”${sender} would be treated otherwise now: ${shortened(because, 500)}`;
}

function shortened(text: string, most: number): string {
	return text.length > most ? `${text.slice(0, most)}…` : text;
}
