import type { PresetName } from '../contract/catalogue.ts';
import { shippedTypes } from './bounce-types/index.ts';
import type { Catalogue } from './catalogue.ts';
import { shippedReasons } from './reasons/index.ts';

/** What is shipped: eleven types and all reasons, before any site's own settings. */
export function shippedCatalogue(preset: PresetName = 'recommended'): Catalogue {
	const everythingCounts = preset !== 'recommended';
	const types = shippedTypes.map((type) =>
		preset === 'civicrm-today' && type.name === 'Away' ? { ...type, holdThreshold: 30 } : type,
	);
	return {
		types: new Map(types.map((type) => [type.name, type])),
		reasons: new Map(
			shippedReasons.map(({ name, label, type, fault, countsTowardHold, advice }) => [
				name,
				{
					name,
					label,
					type,
					fault,
					advice,
					countsTowardHold: everythingCounts || countsTowardHold,
				},
			]),
		),
	};
}
