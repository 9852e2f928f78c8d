import type { FilingSettings } from '../../../service/contract/activity.ts';

/** What can be kept for a time or for ever. */
export const keptThings = ['keepRawMailDays', 'keepActivityDays', 'keepOutcomeDays'] as const;
export type KeptThing = (typeof keptThings)[number];

/** Stands for "no number of days". */
export const forEver = 'for-ever';

/** Settings as they are typed: sizes in megabytes, days as digits or `forEver`, endings as one text. */
export interface SettingsDraft extends Record<KeptThing, string> {
	largestAttachmentMb: string;
	largestMailMb: string;
	blockedEndings: string;
}

/** Mail programs count in steps of 1,024, and so do the defaults. */
const megabyte = 1024 ** 2;

/** The form for settings as they are. */
export function settingsDraftOf(settings: FilingSettings): SettingsDraft {
	const days = (value: number | null) => (value === null ? forEver : String(value));
	return {
		largestAttachmentMb: megabytes(settings.largestAttachmentBytes),
		largestMailMb: megabytes(settings.largestMailBytes),
		blockedEndings: settings.blockedEndings.join(', '),
		keepRawMailDays: days(settings.keepRawMailDays),
		keepActivityDays: days(settings.keepActivityDays),
		keepOutcomeDays: days(settings.keepOutcomeDays),
	};
}

function megabytes(bytes: number): string {
	return String(Math.round((bytes / megabyte) * 100) / 100);
}

/** What is sent; what is no number becomes one that the service refuses (-1), with its words for it. */
export function settingsAsked(draft: SettingsDraft): FilingSettings {
	const days = (typed: string) => (typed === forEver ? null : numberIn(typed));
	return {
		largestAttachmentBytes: bytesIn(draft.largestAttachmentMb),
		largestMailBytes: bytesIn(draft.largestMailMb),
		blockedEndings: endingsIn(draft.blockedEndings),
		keepRawMailDays: days(draft.keepRawMailDays),
		keepActivityDays: days(draft.keepActivityDays),
		keepOutcomeDays: days(draft.keepOutcomeDays),
	};
}

function bytesIn(typed: string): number {
	const value = numberIn(typed);
	return value < 0 ? -1 : Math.round(value * megabyte);
}

function numberIn(typed: string): number {
	const value = Number(typed.trim().replace(',', '.'));
	return typed.trim() === '' || !Number.isFinite(value) ? -1 : value;
}

/** "exe, .JS;bat" → exe, js, bat. */
export function endingsIn(typed: string): string[] {
	const endings = typed
		.toLowerCase()
		.split(/[\s,;]+/)
		.map((ending) => ending.replace(/^[*.]+/, ''));
	return [...new Set(endings.filter(Boolean))].sort();
}

/** What is wrong with a field of the form, as far as it can be told here. Keys are those of the draft. */
export function settingsProblem(
	draft: SettingsDraft,
): Partial<Record<keyof SettingsDraft, 'number' | 'days' | 'small'>> {
	const asked = settingsAsked(draft);
	const problems: ReturnType<typeof settingsProblem> = {};
	if (asked.largestAttachmentBytes < 0) problems.largestAttachmentMb = 'number';
	if (asked.largestMailBytes < 0) problems.largestMailMb = 'number';
	else if (asked.largestMailBytes < leastMailBytes) problems.largestMailMb = 'small';
	for (const thing of keptThings) {
		const days = asked[thing];
		if (days !== null && (!Number.isInteger(days) || days < 1 || days > mostDays))
			problems[thing] = 'days';
	}
	return problems;
}

/** The service's own limits. */
const leastMailBytes = 65_536;
const mostDays = 36_500;
