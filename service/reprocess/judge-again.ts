import { decide } from '../act/decide.ts';
import { lookUp } from '../act/look-up.ts';
import { classify } from '../classify/classify.ts';
import type { MailKind } from '../contract/bounce.ts';
import { identify } from '../identify/identify.ts';
import { returnAddressFinder } from '../identify/return-address.ts';
import { parseMessage } from '../messages/parse-message.ts';
import type { ArchivedMail, RecordedBounce } from '../report/archive.ts';
import type { BounceEntry } from '../report/report.ts';
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
	| { what: 'changed'; bounce: RecordedBounce; entry: BounceEntry }
	| { what: 'added'; bounce: undefined; entry: BounceEntry }
	| { what: 'removed'; bounce: RecordedBounce; entry: undefined };

/** Judges stored mails by the same steps as the mailbox, under the site's present settings, and says what differs from what
 *  was recorded. Writes nothing. Rules are not asked again: they have a job of their own.
 *  @returns nothing for mails whose account was deleted: their return addresses can no longer be read. */
export async function judgeAgain(
	mails: readonly ArchivedMail[],
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
		return [{ mail, classification, verdicts, clues: identify(message, verdicts, find) }];
	});
	const standing = await lookUp(understood, { ...site, now: site.now() });
	return understood.map((one) => {
		// Earlier bounces do not matter here: holds are worked out from all bounces of an address afterwards.
		const decision = decide(one, standing, () => 0, site);
		const entries = decision.actions.flatMap((action) =>
			action.do === 'record-bounce' ? [action.bounce] : [],
		);
		const { kind } = one.classification;
		return {
			mail: one.mail,
			kind,
			because: decision.because,
			isBounce: entries.length > 0,
			...compare(one.mail, entries, kind),
		};
	});
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

/** The entry as it goes into the bounce log the second time: who caused a hold is worked out afterwards. */
function again(entry: BounceEntry, bounce?: RecordedBounce): BounceEntry {
	const { type } = entry.verdict;
	const became =
		!bounce || bounce.isWithdrawn
			? `It is a ${type} bounce.`
			: bounce.type === type
				? `It stays a ${type} bounce.`
				: `${bounce.type} became ${type}.`;
	return { ...entry, causedHold: false, because: `Judged again: ${became}` };
}
