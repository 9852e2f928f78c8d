import type { MailKind } from '../contract/bounce.ts';

/** What a report says about one recipient, before it is judged. */
export interface Fate {
	recipient?: string;
	/** As RFC 3464 §2.3.3 names it; servers without a report say it in words. */
	action?: string;
	status?: string;
	/** The server's own words, unfolded. */
	diagnostic?: string;
	/** More words about it, believed less: the human part of the mail. */
	context?: () => string;
	reportingServer?: string;
}

/** What the readers of reports and texts find: the kind, and a fate for each recipient concerned. */
export interface Reading {
	kind: Extract<MailKind, 'bounce' | 'delayed' | 'delivered'>;
	fates: Fate[];
	decidedBy: string;
}

/** Longest diagnostic that is kept and judged. */
export const longestDiagnostic = 2_000;

/** White space made single, ends trimmed, cut to what is kept. */
export function unfold(text: string): string {
	const start = text.length > longestDiagnostic * 3 ? text.slice(0, longestDiagnostic * 3) : text;
	const single = start.replace(/[^\S ]\s*| \s+/g, ' ').trim();
	return single.length > longestDiagnostic ? single.slice(0, longestDiagnostic) : single;
}
