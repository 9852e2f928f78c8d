import type { IgnoredBecause } from '../contract/activity.ts';
import type { ActivityRef, FilingDeed } from '../crm/filing-book.ts';

/** What is to be done about a mail, and why, in a sentence. Deciding does nothing; a dry run stops here. */
export type FilingDecision =
	| { do: 'file' | 'join'; deed: FilingDeed; because: string }
	| {
			do: 'ignore';
			ignoredBecause: IgnoredBecause;
			because: string;
			/** The filed mail that it is a copy of. */
			copyOf?: ActivityRef;
	  };
