import type { Asked } from '../../api.ts';
import type {
	BounceTypeSetting,
	CatalogueSettings,
	ReasonSetting,
} from '../../../service/contract/catalogue.ts';

/** What was changed on the page and is not saved yet. Numbers are as typed. */
export interface Draft {
	/** By the id of the type. */
	types: Readonly<Record<number, { holdThreshold?: string; isOn?: boolean }>>;
	/** By the name of the reason: whether it counts. */
	reasons: Readonly<Record<string, boolean>>;
	unprovedCounts?: boolean;
	/** Days; "" counts all bounces since the last release. */
	windowDays?: string;
}

export const noDraft: Draft = { types: {}, reasons: {} };

const greatestThreshold = 1_000;
const longestWindowDays = 3_650;

/** Threshold and switch of a type as the page shows them. */
export function shownType(type: BounceTypeSetting, draft: Draft) {
	const { holdThreshold = String(type.holdThreshold), isOn = type.isOn } =
		draft.types[type.id] ?? {};
	return { holdThreshold, isOn };
}

export function shownReason(reason: ReasonSetting, draft: Draft): boolean {
	return draft.reasons[reason.name] ?? reason.countsTowardHold;
}

export function shownCounting({ counting }: CatalogueSettings, draft: Draft) {
	return {
		unprovedCounts: draft.unprovedCounts ?? counting.unprovedCounts,
		windowDays: draft.windowDays ?? String(counting.windowDays ?? ''),
	};
}

export function withType(draft: Draft, id: number, change: Draft['types'][number]): Draft {
	return { ...draft, types: { ...draft.types, [id]: { ...draft.types[id], ...change } } };
}

export function withReason(draft: Draft, name: string, counts: boolean): Draft {
	return { ...draft, reasons: { ...draft.reasons, [name]: counts } };
}

export function isThreshold(typed: string): boolean {
	return isWholeNumber(typed, 0, greatestThreshold);
}

export function isWindow(typed: string): boolean {
	return typed.trim() === '' || isWholeNumber(typed, 1, longestWindowDays);
}

function isWholeNumber(typed: string, least: number, most: number): boolean {
	return /^\d{1,6}$/.test(typed.trim()) && Number(typed) >= least && Number(typed) <= most;
}

export interface Changes {
	/** What the service is asked; what is typed wrong is left out. */
	asked: Asked<'changeCatalogue'>;
	/** How many things differ from what is saved. */
	count: number;
	/** False while something is typed wrong. */
	isRight: boolean;
}

/** What a draft really changes: what was put back to as it is saved is no change. */
export function changesOf(settings: CatalogueSettings, draft: Draft): Changes {
	const types = settings.types.map((type) => typeChange(type, draft));
	const changedTypes = types.flatMap(({ change }) => change ?? []);
	const reasons = settings.reasons
		.filter((reason) => shownReason(reason, draft) !== reason.countsTowardHold)
		.map((reason) => ({ name: reason.name, countsTowardHold: !reason.countsTowardHold }));
	const counting = countingChange(settings, draft);

	return {
		asked: {
			...(changedTypes.length ? { types: changedTypes } : {}),
			...(reasons.length ? { reasons } : {}),
			...(Object.keys(counting.change).length ? { counting: counting.change } : {}),
		},
		count: types.reduce((sum, { count }) => sum + count, 0) + reasons.length + counting.count,
		isRight: types.every(({ isRight }) => isRight) && counting.isRight,
	};
}

function typeChange(type: BounceTypeSetting, draft: Draft) {
	const { holdThreshold, isOn } = shownType(type, draft);
	const isRight = isThreshold(holdThreshold);
	const isOther = !isRight || Number(holdThreshold) !== type.holdThreshold;
	const isSwitched = isOn !== type.isOn;
	const change = {
		id: type.id,
		...(isOther && isRight ? { holdThreshold: Number(holdThreshold) } : {}),
		...(isSwitched ? { isOn } : {}),
	};
	return {
		change: Object.keys(change).length > 1 ? change : undefined,
		count: Number(isOther) + Number(isSwitched),
		isRight,
	};
}

function countingChange(settings: CatalogueSettings, draft: Draft) {
	const { counting } = settings;
	const { unprovedCounts, windowDays } = shownCounting(settings, draft);
	const isRight = isWindow(windowDays);
	const days = windowDays.trim() === '' ? null : Number(windowDays);
	const isOtherWindow = !isRight || days !== counting.windowDays;
	const isSwitched = unprovedCounts !== counting.unprovedCounts;
	return {
		change: {
			...(isSwitched ? { unprovedCounts } : {}),
			...(isOtherWindow && isRight ? { windowDays: days } : {}),
		},
		count: Number(isSwitched) + Number(isOtherWindow),
		isRight,
	};
}
