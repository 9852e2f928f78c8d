import type { Trust } from '../contract/bounce.ts';
import type { Excerpt, Rule, RuleAction } from '../contract/rule.ts';
import { ruleActions } from '../contract/rule.ts';

/** What a rule wants done because of one bounce. */
export interface Wish {
	action: RuleAction;
	contactId: number | null;
	addressId: number | null;
	/** Lower case. */
	email: string;
}

/** Whom a bounce is about; no address when we know nobody. */
export interface Concerned {
	contactId: number | null;
	addressId: number | null;
	email: string;
	trust: Trust;
}

export interface RulePolicy {
	/** Whether a bounce that only names an address, which anybody could write, may touch a person (requirement A4). */
	unprovedCounts: boolean;
}

/** What a rule wants, and why nobody was touched if it spares somebody. */
export interface Ruling {
	wishes: Wish[];
	spares: 'nobody-known' | 'unproved' | null;
}

/** Actions in the order they are done: the address before its contact, and the bounce last. */
const order: readonly RuleAction[] = [
	'hold',
	'unconfirm-subscriber',
	'blacklist-subscriber',
	'blacklist-address',
	'delete-subscriber',
	'delete-bounce',
];

const done: Readonly<Record<RuleAction, string>> = {
	hold: 'address put on hold',
	'unconfirm-subscriber': 'subscriber unconfirmed',
	'blacklist-subscriber': 'subscriber blacklisted',
	'blacklist-address': 'address put on the do-not-send list',
	'delete-subscriber': 'subscriber deleted',
	'delete-bounce': 'bounce deleted',
};

/** Decides what a rule that matched does about one bounce. A bounce that nothing proves to be about a mail of ours never
 *  touches a person, however it is worded; the bounce itself may be deleted. */
export function ruleOn(
	{ actions }: Pick<Rule, 'actions'>,
	{ contactId, addressId, email, trust }: Concerned,
	{ unprovedCounts }: RulePolicy,
): Ruling {
	const isKnown = contactId !== null && addressId !== null;
	const isSure = trust !== 'unproved' || unprovedCounts;
	const allowed = order.filter(
		(action) => actions.includes(action) && (action === 'delete-bounce' || (isKnown && isSure)),
	);
	const spared = actions.some((action) => action !== 'delete-bounce') && !(isKnown && isSure);
	return {
		wishes: allowed.map((action) => ({ action, contactId, addressId, email })),
		spares: !spared ? null : isKnown ? 'unproved' : 'nobody-known',
	};
}

/** What a rule did, for the bounce's detail: "Rule “No such user” found “user unknown”: subscriber deleted." */
export function ruleSentence(
	rule: Pick<Rule, 'comment' | 'expression'>,
	{ words }: Excerpt,
	{ wishes, spares }: Ruling,
): string {
	const what = wishes.map(({ action }) => done[action]).join(', ') || 'nothing to do';
	const sparing = {
		unproved: ' Nobody was touched, because nothing proves that this is about a mail of ours.',
		'nobody-known': ' Nobody was touched, because it names nobody that we know.',
	};
	return `Rule ${nameOf(rule)} found “${cut(words, 100)}”: ${what}.${spares ? sparing[spares] : ''}`;
}

/** How sentences name a rule: by its comment, else by its expression. */
export function nameOf({ comment, expression }: Pick<Rule, 'comment' | 'expression'>): string {
	return `“${cut(comment || expression, 60)}”`;
}

/** "3 subscribers deleted, 1 bounce deleted"; empty when nothing is. */
export function countedDeeds(counts: ReadonlyMap<RuleAction, number>): string {
	return ruleActions
		.filter((action) => (counts.get(action) ?? 0) > 0)
		.map((action) => {
			const count = counts.get(action) ?? 0;
			const [what = '', ...rest] = done[action].split(' ');
			const noun = count === 1 ? what : what === 'address' ? 'addresses' : `${what}s`;
			return `${count.toLocaleString('en')} ${noun} ${rest.join(' ')}`;
		})
		.join(', ');
}

function cut(text: string, length: number): string {
	return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
