import { __ } from '@wordpress/i18n';
import type { BounceFacets } from '../../../service/contract/bounce.ts';
import { Count, Counts } from '../../components/counts.tsx';
import type { View } from '../../hooks/use-view.ts';
import { typeExplained } from '../../words/bounces.ts';
import type { BounceKey } from './bounce-view.ts';

/** How many bounces there are of each type; pressing one shows only those. */
export function BounceCounts({
	facets,
	view,
}: {
	facets: BounceFacets | undefined;
	view: View<BounceKey>;
}) {
	const label = __('Bounces by type', 'return-channel');
	if (!facets) return <Counts label={label} />;
	const { type, recognised } = view.values;
	const isUnfiltered = !type && recognised !== 'no';
	return (
		<Counts label={label}>
			<Count
				label={__('All', 'return-channel')}
				count={facets.total}
				isPressed={isUnfiltered}
				onPress={() => view.change({ type: '', recognised: '', paged: '' })}
			/>
			{facets.byType.map((entry) => (
				<Count
					key={entry.type}
					label={entry.type}
					title={typeExplained(entry.type)}
					count={entry.count}
					isPressed={type === entry.type}
					onPress={() => view.change({ type: type === entry.type ? '' : entry.type, paged: '' })}
				/>
			))}
			{(facets.notRecognised > 0 || recognised === 'no') && (
				<Count
					label={__('Not recognised', 'return-channel')}
					count={facets.notRecognised}
					isPressed={recognised === 'no'}
					onPress={() => view.change({ recognised: recognised === 'no' ? '' : 'no', paged: '' })}
				/>
			)}
		</Counts>
	);
}
