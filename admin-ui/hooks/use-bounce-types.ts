import { shippedBounceTypes } from '../../service/contract/bounce.ts';
import { useCall } from './use-call.ts';

/** The names of the site's bounce types, its own ones too; the shipped ones until they have come. `chosen` stays a choice also
 *  after its type was deleted. Nothing is asked unless `isWanted`. */
export function useBounceTypes(chosen: string, isWanted = true): string[] {
	const { data } = useCall('getCatalogue', isWanted ? {} : undefined);
	const names = data?.types.map(({ name }) => name) ?? shippedBounceTypes;
	return [...new Set([...names, chosen])].filter(Boolean);
}
