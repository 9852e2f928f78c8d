import { foresee } from '../act/follow-rules.ts';
import type { States } from '../act/rule-targets.ts';
import type { RecordedBounce } from '../report/archive.ts';
import { targetKey } from '../rules/deeds.ts';
import type { Site } from '../site.ts';
import { holdsAfter } from './holds-after.ts';
import type { HoldsAfter } from './holds-after.ts';
import { caughtAmong } from './judge-again.ts';
import type { BounceChange, JudgedMail } from './judge-again.ts';
import { nothingYet, plus, totalsOf } from './totals.ts';

/** Adds up what judging mails again would do while they go by; nothing is changed. */
export class Outlook {
	totals = nothingYet;
	readonly #site: Site;
	/** Bounces as they would be, by id, new ones under a number below zero; undefined for what would be none. */
	readonly #bounces = new Map<number, RecordedBounce | undefined>();
	readonly #addressIds = new Set<number>();
	readonly #heldByRules = new Set<number>();
	/** How things would stand after the rules were followed so far. */
	readonly #states: States = new Map();
	#added = 0;

	constructor(site: Site) {
		this.#site = site;
	}

	/** @param asked how many mails were to be judged; those that could not be are left alone */
	async note(asked: number, judged: readonly JudgedMail[]): Promise<void> {
		const ids = new Map<BounceChange, number>();
		for (const one of judged) {
			for (const addressId of one.addressIds) this.#addressIds.add(addressId);
			for (const change of one.changes) {
				const id = change.bounce?.id ?? -(this.#added += 1);
				ids.set(change, id);
				this.#bounces.set(id, seenNow(change, one, id));
			}
		}
		const wishes = await foresee(caughtAmong(ids), this.#states, this.#site);
		for (const { action, addressId } of wishes)
			if (action === 'hold' && addressId !== null) this.#heldByRules.add(addressId);
		const done = { held: 0, released: 0, ruled: wishes.length };
		this.totals = plus(this.totals, totalsOf(asked, judged, done));
	}

	/** The holds that would come and go after all that was noted. */
	async holds(): Promise<HoldsAfter> {
		const addressIds = [...this.#addressIds];
		const before = await this.#site.archive.bouncesOfAddresses(addressIds);
		const now = new Map<number, RecordedBounce | undefined>(before.map((one) => [one.id, one]));
		for (const [id, bounce] of this.#bounces) now.set(id, bounce);
		const after = [...now.values()].filter((one) => one !== undefined);
		const kept = after.filter(({ id }) => !this.#isDeleted(id));
		return holdsAfter(addressIds, before, kept, this.#site, this.#heldByRules);
	}

	#isDeleted(bounceId: number): boolean {
		return this.#states.get(targetKey({ field: 'bounce', of: bounceId })) === 'deleted';
	}
}

/** A bounce as it would be recorded; undefined when it would be none. */
function seenNow(
	{ bounce, entry }: BounceChange,
	{ mail, kind }: JudgedMail,
	id: number,
): RecordedBounce | undefined {
	if (!entry) return undefined;
	const { verdict, addressId, email, trust, counts, position } = entry;
	const { type, reason, fault, isRecognised, decidedBy } = verdict;
	const now = { kind, email, addressId, type, reason, fault, trust, isRecognised, decidedBy };
	if (bounce)
		return { ...bounce, ...now, counts: counts && !bounce.isTakenBack, isWithdrawn: false };
	const { accountId, fingerprint, readAt: recordedAt } = mail;
	const mine = { id, accountId, fingerprint, position, recordedAt };
	return { ...mine, ...now, counts, causedHold: false, isTakenBack: false, isWithdrawn: false };
}
