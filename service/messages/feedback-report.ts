/** RFC 5965 §3: a complaint from a provider's "this is spam" button. */
export interface FeedbackReport {
	/** §3.1: "abuse", "fraud", "not-spam" …, lower case; "auth-failure" is RFC 6591. */
	feedbackType: string;
	userAgent?: string;
	originalMailFrom?: string;
	originalRecipients: string[];
	/** Removal-Recipient and the like, as found in practice. */
	reportedDomain?: string;
	sourceIp?: string;
}
