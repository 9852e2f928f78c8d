import type { BouncePolicy } from '../act/decide-bounce.ts';
import { decide } from '../act/decide.ts';
import type { Caught } from '../act/follow-rules.ts';
import { lookUp } from '../act/look-up.ts';
import type { Known } from '../act/whose-is-it.ts';
import { classify } from '../classify/classify.ts';
import type { MailKind } from '../contract/bounce.ts';
import { identify } from '../identify/identify.ts';
import { returnAddressFinder } from '../identify/return-address.ts';
import type { Message } from '../messages/message.ts';
import { parseMessage } from '../messages/parse-message.ts';
import type { ArchivedMail, RecordedBounce } from '../report/archive.ts';
import type { BounceEntry } from '../report/report.ts';
import { viewOf } from '../rules/mail-view.ts';
import type { RuleMatcher } from '../rules/rule-matcher.ts';
import { ruleOn, ruleSentence } from '../rules/wishes.ts';
import type { Site } from '../site.ts';

/** A stored mail as it is judged now, beside what was recorded of it. */
export interface JudgedMail {
	mail: ArchivedMail;
	kind: MailKind;
	/** The journal's sentence. */
	because: string;
	isBounce: boolean;
	changes: BounceChange[];
	/** Addresses that it is or was about. */
	addressIds: number[];
	unchanged: number;
}

export type BounceChange =
	| { what: 'changed'; bounce: RecordedBounce; entry: BounceEntry; ruling?: Ruling }
	| { what: 'added'; bounce: undefined; entry: BounceEntry; ruling?: Ruling }
	| { what: 'removed'; bounce: RecordedBounce; entry: undefined; ruling?: undefined };

/** The rule that catches a bounce judged otherwise, and what it wants. */
export type Ruling = Pick<Caught, 'rule' | 'wishes' | 'because'>;

/** Judges stored mails by the same steps as the mailbox, under the site's present settings, and says what differs from what
 *  was recorded. The rules are asked about what is new or judged otherwise, as about a new mail; about the rest they have a
 *  job of their own. Writes nothing.
 *  @returns nothing for mails whose account was deleted: their return addresses can no longer be read. */
export async function judgeAgain(
	mails: readonly ArchivedMail[],
	rules: RuleMatcher,
	site: Site,
): Promise<JudgedMail[]> {
	const accounts = await site.accounts.list();
	const finders = new Map(accounts.map((account) => [account.id, returnAddressFinder(account)]));
	const understood = mails.flatMap((mail) => {
		const find = finders.get(mail.accountId);
		if (!find) return [];
		const message = parseMessage(mail.bytes, mail.sizeBytes);
		const classification = classify(message, site.catalogue);
		const { verdicts } = classification;
		const clues = identify(message, verdicts, find);
		return [{ mail, message, classification, verdicts, clues }];
	});
	const standing = await lookUp(understood, { ...site, now: site.now() });
	return understood.map((one) => {
		// Earlier bounces do not matter here: holds are worked out from all bounces of an address afterwards.
		const decision = decide(one, standing, () => 0, site);
		const entries = decision.actions.flatMap((action) =>
			action.do === 'record-bounce' ? [action.bounce] : [],
		);
		const { kind } = one.classification;
		const { changes, ...rest } = compare(one.mail, entries, kind);
		const isOnly = one.verdicts.length === 1;
		return {
			mail: one.mail,
			kind,
			because: decision.because,
			isBounce: entries.length > 0,
			changes: changes.map((change) =>
				ruled(change, { message: one.message, isOnly, rules, standing, policy: site.policy }),
			),
			...rest,
		};
	});
}

/** A change with what the first rule that catches it wants. A bounce that was taken back is no longer judged by rules. */
function ruled(
	change: BounceChange,
	{ message, isOnly, rules, standing, policy }: RuleFacts,
): BounceChange {
	if (!change.entry || change.bounce?.isTakenBack || rules.isEmpty) return change;
	const { entry } = change;
	const match = rules.first(viewOf(message, { diagnostic: entry.verdict.diagnostic, isOnly }));
	if (!match) return change;

	const { rule, excerpt } = match;
	const address = entry.addressId === null ? undefined : standing.address(entry.addressId);
	const found = ruleOn(rule, { ...entry, contactId: address?.contactId ?? null }, policy);
	const because = ruleSentence(rule, excerpt, found);
	return {
		...change,
		entry: { ...entry, because: `${entry.because} ${because}` },
		ruling: { rule, wishes: found.wishes, because },
	};
}

/** The changes that a rule catches, as they are followed. @param ids of their bounces */
export function caughtAmong(ids: ReadonlyMap<BounceChange, number>): Caught[] {
	return [...ids].flatMap(([{ entry, ruling }, bounceId]) =>
		ruling ? [{ ...ruling, bounceId, type: entry.verdict.type }] : [],
	);
}

interface RuleFacts {
	message: Message;
	/** The mail is about nobody else. */
	isOnly: boolean;
	rules: RuleMatcher;
	standing: Known;
	policy: BouncePolicy;
}

function compare({ bounces }: ArchivedMail, entries: readonly BounceEntry[], kind: MailKind) {
	const pairs = pair(bounces, entries);
	const nextPosition = Math.max(-1, ...bounces.map(({ position }) => position)) + 1;
	const changes: BounceChange[] = [];
	let added = 0;
	for (const [bounce, entry] of pairs) {
		if (!bounce) {
			const position = nextPosition + added++;
			changes.push({ what: 'added', bounce, entry: again({ ...entry!, position }) });
		} else if (!isLeftAlone(bounce, entry)) {
			if (entry && differs(bounce, entry, kind))
				changes.push({ what: 'changed', bounce, entry: again(entry, bounce) });
			else if (!entry && !bounce.isWithdrawn) changes.push({ what: 'removed', bounce, entry });
		}
	}
	return {
		changes,
		addressIds: pairs.flatMap(([bounce, entry]) =>
			[bounce?.addressId, entry?.addressId].filter((id) => typeof id === 'number'),
		),
		unchanged: bounces.filter(({ isWithdrawn }) => !isWithdrawn).length - withoutAdded(changes),
	};
}

function withoutAdded(changes: readonly BounceChange[]): number {
	return changes.filter(({ bounce }) => bounce && !bounce.isWithdrawn).length;
}

/** What was recorded beside what is said now: by the address, then by the order. */
function pair(
	bounces: readonly RecordedBounce[],
	entries: readonly BounceEntry[],
): [RecordedBounce | undefined, BounceEntry | undefined][] {
	const left = [...bounces];
	const take = (fits: (bounce: RecordedBounce) => boolean) => {
		const at = left.findIndex(fits);
		return at < 0 ? undefined : left.splice(at, 1)[0];
	};
	const bySame = new Map(
		entries.map((entry) => [entry, take(({ email }) => email !== '' && email === entry.email)]),
	);
	const pairs = entries.map((entry): [RecordedBounce | undefined, BounceEntry] => [
		bySame.get(entry) ?? take(() => true),
		entry,
	]);
	return [...pairs, ...left.map((bounce): [RecordedBounce, undefined] => [bounce, undefined])];
}

/** What a rule deleted stays deleted, and whom a bounce was about stays known when the address cannot be found any more. */
function isLeftAlone(bounce: RecordedBounce, entry: BounceEntry | undefined): boolean {
	const isDeletedByRule = bounce.isWithdrawn && isBounceKind(bounce.kind);
	const isLost = bounce.addressId !== null && entry?.addressId === null;
	return isDeletedByRule || isLost;
}

function isBounceKind(kind: MailKind): boolean {
	return kind === 'bounce' || kind === 'auto-reply' || kind === 'arf';
}

function differs(bounce: RecordedBounce, entry: BounceEntry, kind: MailKind): boolean {
	const { verdict } = entry;
	return (
		bounce.isWithdrawn ||
		bounce.kind !== kind ||
		bounce.type !== verdict.type ||
		bounce.reason !== verdict.reason ||
		bounce.fault !== verdict.fault ||
		bounce.isRecognised !== verdict.isRecognised ||
		bounce.addressId !== entry.addressId ||
		bounce.trust !== entry.trust ||
		(bounce.counts !== entry.counts && !bounce.isTakenBack)
	);
}

/** The entry as it goes into the bounce log the second time. A hold that the bounce caused is its own until it is worked out
 *  that it goes. */
function again(entry: BounceEntry, bounce?: RecordedBounce): BounceEntry {
	const { type } = entry.verdict;
	const became =
		!bounce || bounce.isWithdrawn
			? `It is a ${type} bounce.`
			: bounce.type === type
				? `It stays a ${type} bounce.`
				: `${bounce.type} became ${type}.`;
	const isSameAddress = bounce?.addressId === entry.addressId;
	const causedHold = isSameAddress && (bounce?.causedHold ?? false);
	return { ...entry, causedHold, because: `Judged again: ${became}` };
}
