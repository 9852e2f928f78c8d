import { z } from 'zod';
import { shippedTypes } from '../classify/bounce-types/index.ts';
import type { BounceType, Catalogue } from '../classify/catalogue.ts';
import { shippedCatalogue } from '../classify/presets.ts';
import type { SitePattern } from '../classify/catalogue.ts';
import { presetNames } from '../contract/catalogue.ts';
import type {
	BounceTypeSetting,
	CatalogueSettings,
	CountingPolicy,
	PresetName,
} from '../contract/catalogue.ts';
import type { CatalogueChange } from '../contract/catalogue-messages.ts';
import { ServiceError } from '../errors.ts';

/** How a site keeps its catalogue: the preset, and only what differs from it. Shipped types and reasons come with the
 *  service, so a new version's improvements reach every site that did not decide otherwise. */
const stored = z.object({
	version: z.number(),
	preset: z.enum(presetNames),
	/** By id. */
	types: z.record(
		z.string(),
		z.object({
			description: z.string().optional(),
			holdThreshold: z.number().optional(),
			isOn: z.boolean().optional(),
		}),
	),
	added: z.array(
		z.object({
			id: z.number(),
			name: z.string(),
			description: z.string(),
			holdThreshold: z.number(),
			isOn: z.boolean(),
		}),
	),
	nextTypeId: z.number(),
	/** By name: whether it counts toward a hold. */
	reasons: z.record(z.string(), z.boolean()),
	counting: z.object({ unprovedCounts: z.boolean(), windowDays: z.number().nullable() }),
});

export type StoredCatalogue = z.output<typeof stored>;

const usualCounting: CountingPolicy = { unprovedCounts: false, windowDays: null };
const mostAddedTypes = 200;

/** A site that never changed anything. */
export const asShipped: StoredCatalogue = {
	version: 0,
	preset: 'recommended',
	types: {},
	added: [],
	nextTypeId: shippedTypes.length + 1,
	reasons: {},
	counting: usualCounting,
};

/** Reads what is stored. @throws when it is no catalogue: then somebody changed the database by hand. */
export function parseStored(json: string): StoredCatalogue {
	return stored.parse(JSON.parse(json));
}

/** What a site's mails are judged and counted by. */
export interface SiteCatalogue {
	catalogue: Catalogue;
	counting: CountingPolicy;
}

/** A type as a site has it. */
export type SiteType = Omit<BounceTypeSetting, 'patterns' | 'presetThreshold'>;

/** The site's types, also those that are off, by id: CiviCRM numbers the shipped ones 1 to 11 in this order. */
export function typesOf({ preset, types, added }: StoredCatalogue): SiteType[] {
	const shipped = [...shippedCatalogue(preset).types.values()].map((type, i) => ({
		...type,
		isOn: true,
		...types[i + 1],
		id: i + 1,
		isShipped: true,
	}));
	return [...shipped, ...added.map((type) => ({ ...type, isShipped: false }))];
}

/** @param patterns in the order in which they are tried. */
export function toSiteCatalogue(
	stored: StoredCatalogue,
	patterns: readonly SitePattern[],
): SiteCatalogue {
	const shipped = shippedCatalogue(stored.preset);
	const types = typesOf(stored)
		.filter(({ isOn }) => isOn)
		.map(({ name, description, holdThreshold }): BounceType => ({
			name,
			description,
			holdThreshold,
		}));
	const reasons = [...shipped.reasons.values()].map((reason) => ({
		...reason,
		countsTowardHold: stored.reasons[reason.name] ?? reason.countsTowardHold,
	}));
	const catalogue: Catalogue = {
		types: new Map(types.map((type) => [type.name, type])),
		reasons: new Map(reasons.map((reason) => [reason.name, reason])),
		...(patterns.length > 0 ? { patterns } : {}),
	};
	return { catalogue, counting: stored.counting };
}

/** @param patterns how many lead to each type, by its id. */
export function toSettings(
	stored: StoredCatalogue,
	patterns: ReadonlyMap<number, number>,
): CatalogueSettings {
	const preset = shippedCatalogue(stored.preset);
	const types = typesOf(stored).map((type) => ({
		...type,
		presetThreshold: type.isShipped ? (preset.types.get(type.name)?.holdThreshold ?? null) : null,
		patterns: patterns.get(type.id) ?? 0,
	}));
	const reasons = [...toSiteCatalogue(stored, []).catalogue.reasons.values()].map((reason) => ({
		...reason,
		presetCounts: preset.reasons.get(reason.name)?.countsTowardHold ?? reason.countsTowardHold,
	}));
	return {
		version: stored.version,
		preset: stored.preset,
		differsFromPreset:
			types.some(
				(type) =>
					type.isShipped &&
					(!type.isOn ||
						type.holdThreshold !== type.presetThreshold ||
						type.description !== preset.types.get(type.name)?.description),
			) ||
			reasons.some(({ countsTowardHold, presetCounts }) => countsTowardHold !== presetCounts) ||
			stored.counting.unprovedCounts !== usualCounting.unprovedCounts ||
			stored.counting.windowDays !== usualCounting.windowDays,
		types,
		reasons,
		counting: stored.counting,
	};
}

/** The catalogue after a change. Pure.
 *  @throws ServiceError invalid-request for a type or reason that does not exist. */
export function withChange(before: StoredCatalogue, change: CatalogueChange): StoredCatalogue {
	const after = change.preset ? backToPreset(before, change.preset) : structuredClone(before);
	for (const { id, ...fields } of change.types ?? []) {
		const added = after.added.find((type) => type.id === id);
		if (added) Object.assign(added, fields);
		else if (id <= shippedTypes.length) after.types[id] = { ...after.types[id], ...fields };
		else throw noSuchType();
	}
	const { reasons } = shippedCatalogue(after.preset);
	for (const { name, countsTowardHold } of change.reasons ?? []) {
		if (!reasons.has(name)) {
			throw new ServiceError('invalid-request', `There is no reason “${name}”.`, {
				problem: 'no-such-reason',
				fields: { reasons: `There is no reason “${name}”.` },
			});
		}
		after.reasons[name] = countsTowardHold;
	}
	after.counting = { ...after.counting, ...change.counting };
	return after;
}

function backToPreset(before: StoredCatalogue, preset: PresetName): StoredCatalogue {
	const { version, added, nextTypeId } = structuredClone(before);
	return { ...structuredClone(asShipped), version, added, nextTypeId, preset };
}

/** The catalogue with one type more, its last. Pure.
 *  @throws ServiceError conflict when another type has the name, in whatever case. */
export function withType(
	before: StoredCatalogue,
	type: { name: string; description: string; holdThreshold: number; isOn?: boolean },
): StoredCatalogue {
	const same = typesOf(before).find(({ name }) => name.toLowerCase() === type.name.toLowerCase());
	if (same) {
		throw new ServiceError('conflict', `There is a type “${same.name}” already.`, {
			problem: 'type-taken',
			fields: { name: `There is a type “${same.name}” already.` },
		});
	}
	if (before.added.length >= mostAddedTypes)
		throw new ServiceError('conflict', `A site can have ${mostAddedTypes} types of its own.`);
	return {
		...before,
		added: [...before.added, { isOn: true, ...type, id: before.nextTypeId }],
		nextTypeId: before.nextTypeId + 1,
	};
}

/** The catalogue without an added type. Pure. Its number is never given again.
 *  @throws ServiceError conflict for a shipped type, not-found for none. */
export function withoutType(before: StoredCatalogue, id: number): StoredCatalogue {
	if (id <= shippedTypes.length) {
		throw new ServiceError(
			'conflict',
			'This type comes with the service and cannot be deleted. Switch it off instead.',
			{ problem: 'shipped-type' },
		);
	}
	if (!before.added.some((type) => type.id === id)) throw noSuchType();
	return { ...before, added: before.added.filter((type) => type.id !== id) };
}

/** What differs between two catalogues, a sentence each, for the audit log. */
export function differenceInWords(before: StoredCatalogue, after: StoredCatalogue): string[] {
	const sentences: string[] = [];
	if (before.preset !== after.preset) sentences.push(`Chose the preset “${after.preset}”.`);
	const earlier = new Map(typesOf(before).map((type) => [type.id, type]));
	for (const type of typesOf(after)) {
		const was = earlier.get(type.id);
		if (!was) sentences.push(`Added the type ${type.name} with threshold ${type.holdThreshold}.`);
		else if (was.holdThreshold !== type.holdThreshold)
			sentences.push(
				`Threshold of ${type.name}: ${was.holdThreshold} became ${type.holdThreshold}.`,
			);
		if (was && was.isOn !== type.isOn)
			sentences.push(`Switched the type ${type.name} ${type.isOn ? 'on' : 'off'}.`);
		if (was && was.description !== type.description)
			sentences.push(`Described the type ${type.name} as “${type.description}”.`);
	}
	const reasonsBefore = toSiteCatalogue(before, []).catalogue.reasons;
	for (const { name, label, countsTowardHold } of toSiteCatalogue(
		after,
		[],
	).catalogue.reasons.values()) {
		if (reasonsBefore.get(name)?.countsTowardHold === countsTowardHold) continue;
		sentences.push(
			`“${label}” now ${countsTowardHold ? 'counts' : 'does not count'} toward a hold.`,
		);
	}
	const { unprovedCounts, windowDays } = after.counting;
	if (before.counting.unprovedCounts !== unprovedCounts)
		sentences.push(`Unproved bounces now ${unprovedCounts ? 'count' : 'do not count'}.`);
	if (before.counting.windowDays !== windowDays)
		sentences.push(
			windowDays === null
				? 'All bounces since the last release count.'
				: `Only bounces of the last ${windowDays} days count.`,
		);
	return sentences;
}

function noSuchType(): ServiceError {
	return new ServiceError('not-found', 'There is no such bounce type; it may have been deleted.');
}
