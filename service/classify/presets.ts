import { shippedTypes } from './bounce-types/index.ts';
import type { Catalogue } from './catalogue.ts';
import { shippedReasons } from './reasons/index.ts';

/** recommended: thresholds as documented, and only what the recipient's side causes counts toward a hold;
 *  as-documented: every bounce counts by its type, exactly as CiviCRM's chapter on inbound mail says;
 *  civicrm-today: the same with the Away threshold of 30 that CiviCRM installs since version 4.7. */
export const presets = ['recommended', 'as-documented', 'civicrm-today'] as const;
export type Preset = (typeof presets)[number];

/** What is shipped: eleven types and all reasons, before any site's own settings. */
export function shippedCatalogue(preset: Preset = 'recommended'): Catalogue {
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
