/** Numbers and moments as people read them. Every function takes the locale and, where it matters, the present. */

/** The language of the admin pages, as WordPress writes it into the document: "de-DE". */
export function pageLocale(): string {
	return document.documentElement.lang || 'en';
}

/** 12345 → "12,345" in English. */
export function figure(value: number, locale = pageLocale()): string {
	return new Intl.NumberFormat(locale).format(value);
}

const steps: readonly { unit: Intl.RelativeTimeFormatUnit; seconds: number }[] = [
	{ unit: 'year', seconds: 365 * 86_400 },
	{ unit: 'month', seconds: 30 * 86_400 },
	{ unit: 'week', seconds: 7 * 86_400 },
	{ unit: 'day', seconds: 86_400 },
	{ unit: 'hour', seconds: 3_600 },
	{ unit: 'minute', seconds: 60 },
];

/** How long ago, or how soon: "3 hours ago", "in 5 minutes", "now" for less than a minute. */
export function fromNow(at: Date, now: Date, locale = pageLocale()): string {
	const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
	const step = steps.find((candidate) => Math.abs(seconds) >= candidate.seconds);
	const words = new Intl.RelativeTimeFormat(locale, { numeric: step ? 'always' : 'auto' });
	return step
		? words.format(Math.trunc(seconds / step.seconds), step.unit)
		: words.format(0, 'second');
}

/** Date and time in full, with the time zone: "November 21, 2026 at 10:15:00 AM UTC". */
export function inFull(at: Date, locale = pageLocale(), timeZone?: string): string {
	return new Intl.DateTimeFormat(locale, {
		dateStyle: 'long',
		timeStyle: 'long',
		timeZone,
	}).format(at);
}

/** "21 Nov 2026, 10:15" in the reader's order, for lists of moments. */
export function inShort(at: Date, locale = pageLocale(), timeZone?: string): string {
	return new Intl.DateTimeFormat(locale, {
		dateStyle: 'medium',
		timeStyle: 'short',
		timeZone,
	}).format(at);
}

/** 3456789 bytes → "3.5 MB". */
export function size(bytes: number, locale = pageLocale()): string {
	const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
	const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
	return new Intl.NumberFormat(locale, {
		style: 'unit',
		unit: units[step],
		unitDisplay: step ? 'short' : 'long',
		maximumFractionDigits: 1,
	}).format(bytes / 1000 ** step);
}
