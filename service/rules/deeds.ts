import type { RuleAction } from '../contract/rule.ts';
import type { Wish } from './wishes.ts';

/** How a thing that rules change may be, as stored with each deed. */
export const stateWords = {
	hold: ['none', 'bounce', 'opt-out', 'manual'],
	status: ['confirmed', 'unconfirmed', 'blacklisted'],
	'do-not-send': ['no', 'yes'],
	deleted: ['no', 'yes'],
	bounce: ['kept', 'deleted'],
} as const;
export type Field = keyof typeof stateWords;

const fieldOf: Readonly<Record<RuleAction, Field>> = {
	hold: 'hold',
	'unconfirm-subscriber': 'status',
	'blacklist-subscriber': 'status',
	'blacklist-address': 'do-not-send',
	'delete-subscriber': 'deleted',
	'delete-bounce': 'bounce',
};

/** One thing that a rule changes: the hold of an address, the status of a contact … */
export interface Target {
	field: Field;
	/** Address, contact or bounce number; for do-not-send the address itself. */
	of: number | string;
}

/** What a wish of a bounce would change. A wish about a person is only made when the person is known. */
export function targetOf(wish: Wish, bounceId: number): Target {
	const field = fieldOf[wish.action];
	const of = {
		hold: wish.addressId ?? 0,
		status: wish.contactId ?? 0,
		deleted: wish.contactId ?? 0,
		'do-not-send': wish.email,
		bounce: bounceId,
	}[field];
	return { field, of };
}

/** "status 70": how a target is stored and compared. */
export function targetKey({ field, of }: Target): string {
	return `${field} ${of}`;
}

/** The target of a stored key. */
export function targetOfKey(key: string): Target {
	const space = key.indexOf(' ');
	const field = key.slice(0, space) as Field;
	const of = key.slice(space + 1);
	return { field, of: field === 'do-not-send' ? of : Number(of) };
}

/** What a thing is after an action. Nothing is ever bettered: who is blacklisted is not made unconfirmed, and an address
 *  that opted out stays so. */
export function stateAfter(action: RuleAction, before: string): string {
	switch (action) {
		case 'hold':
			return before === 'none' ? 'bounce' : before;
		case 'unconfirm-subscriber':
			return before === 'confirmed' ? 'unconfirmed' : before;
		case 'blacklist-subscriber':
			return 'blacklisted';
		case 'blacklist-address':
		case 'delete-subscriber':
			return 'yes';
		case 'delete-bounce':
			return 'deleted';
	}
}

/** A deed as far as undoing needs it, and those of one target in the order they were done. */
export interface DoneDeed {
	id: number;
	action: RuleAction;
	before: string;
	after: string;
}

export interface Replay {
	/** What the target is to be now; undefined: it stays as it is. */
	setTo: string | undefined;
	/** Deeds that stand, whose before or after is another one now. */
	rewritten: DoneDeed[];
	/** Somebody changed the target after the deeds, so it is left as it is. */
	isChangedSince: boolean;
}

/** Undoes deeds of one target as if they had never been done: what was done besides stands, and is done again from the
 *  state before. So a subscriber whom two rules deleted stays deleted when one of them is undone.
 *  @param deeds all deeds of the target that stand, oldest first
 *  @param undone ids of those to undo
 *  @param current what the target is now */
export function replayWithout(
	deeds: readonly DoneDeed[],
	undone: ReadonlySet<number>,
	current: string,
): Replay {
	const start = afterLastBreak(deeds);
	const chain = deeds.slice(start);
	const [first] = chain;
	const last = chain.at(-1);
	if (!first || !last || !chain.some(({ id }) => undone.has(id)))
		return { setTo: undefined, rewritten: [], isChangedSince: false };
	if (last.after !== current) return { setTo: undefined, rewritten: [], isChangedSince: true };

	let state = first.before;
	const rewritten: DoneDeed[] = [];
	for (const deed of chain) {
		if (undone.has(deed.id)) continue;
		const after = stateAfter(deed.action, state);
		if (deed.before !== state || deed.after !== after)
			rewritten.push({ ...deed, before: state, after });
		state = after;
	}
	return { setTo: state === current ? undefined : state, rewritten, isChangedSince: false };
}

/** Where somebody else changed the target between two deeds, what was done before is overwritten and gone. */
function afterLastBreak(deeds: readonly DoneDeed[]): number {
	for (let at = deeds.length - 1; at > 0; at -= 1) {
		if (deeds[at]!.before !== deeds[at - 1]!.after) return at;
	}
	return 0;
}
