import type { Reason } from './catalogue.ts';

/** A reason with the words by which it is known. Phrases are written as `phrases.ts` explains. */
export interface ShippedReason extends Reason {
	/** Whole sentences of one provider whose words would otherwise point elsewhere; they decide before all else. */
	sentences?: readonly string[];
	/** Words that leave no doubt; they decide over a status code that says otherwise. */
	says: readonly string[];
	/** Words that decide when neither a phrase nor a status code does. */
	hints?: readonly string[];
}
