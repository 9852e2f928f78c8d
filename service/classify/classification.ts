import type { MailKind, Verdict } from '../contract/bounce.ts';

/** What a mail is and what it says: the answer of `classify`, the same for the same mail whenever asked. */
export interface Classification {
	kind: MailKind;
	/** One a failed, delayed, complained-about or absent recipient; empty for ordinary mail and success reports. */
	verdicts: Verdict[];
	/** What made it this kind: "message/delivery-status", "header Auto-Submitted", "subject vacation/de" … */
	decidedBy: string;
	/** For "no longer works here" mails and moved mailboxes: the new address, if the text gives one. */
	newAddress?: string;
}
