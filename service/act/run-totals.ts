import { counted, inFigures } from '../words.ts';
import type { Decision } from './decision.ts';

/** What a run has done so far, and how it says so. */
export class RunTotals {
	readonly #waiting: number;
	#done = 0;
	#bounces = 0;
	#held = 0;
	#ignored = 0;
	#caught = 0;
	#again = 0;
	#failed = 0;
	#setAside = 0;

	/** @param waiting mails in the mailbox at the start. */
	constructor(waiting: number) {
		this.#waiting = waiting;
	}

	get progress(): { done: number; total: number } {
		return { done: this.#done, total: Math.max(this.#waiting, this.#done) };
	}

	/** These totals and some mails more; the totals themselves stay, because writing may still fail. */
	with(decided: readonly { decision: Decision }[], seenBefore: number): RunTotals {
		const next = new RunTotals(this.#waiting);
		next.become(this);
		next.#done += decided.length + seenBefore;
		next.#again += seenBefore;
		for (const { decision } of decided) {
			if (decision.actions.length === 0) next.#ignored += 1;
			for (const action of decision.actions) {
				if (action.do === 'follow-rule') next.#caught += 1;
				if (action.do !== 'record-bounce') continue;
				next.#bounces += 1;
				if (action.bounce.causedHold) next.#held += 1;
			}
		}
		return next;
	}

	become(other: RunTotals): void {
		this.#done = other.#done;
		this.#bounces = other.#bounces;
		this.#held = other.#held;
		this.#ignored = other.#ignored;
		this.#caught = other.#caught;
		this.#again = other.#again;
		this.#failed = other.#failed;
		this.#setAside = other.#setAside;
	}

	noteFailure(isSetAside: boolean): void {
		this.#done += 1;
		if (isSetAside) this.#setAside += 1;
		else this.#failed += 1;
	}

	/** "60 mails read: 41 bounces recorded, 12 addresses held, 19 mails ignored." */
	sentence(isDryRun: boolean): string {
		if (this.#done === 0) return 'No new mail in the mailbox.';
		const parts = [
			counted(this.#bounces, 'bounce recorded', 'bounces recorded'),
			counted(this.#held, 'address held', 'addresses held'),
			counted(this.#ignored, 'mail ignored', 'mails ignored'),
			...(this.#caught > 0 ? [`${inFigures(this.#caught)} caught by rules`] : []),
			...(this.#again > 0 ? [`${this.#again} dealt with before and only filed`] : []),
			...(this.#failed > 0
				? [`${this.#failed} failed and kept in the mailbox for the next run`]
				: []),
			...(this.#setAside > 0 ? [`${this.#setAside} set aside after failing too often`] : []),
		];
		const sentence = `${counted(this.#done, 'mail read', 'mails read')}: ${parts.join(', ')}.`;
		return isDryRun ? `Dry run, nothing was changed. It would have been: ${sentence}` : sentence;
	}
}
