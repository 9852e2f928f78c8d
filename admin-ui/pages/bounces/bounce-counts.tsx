import { __, sprintf } from '@wordpress/i18n';
import type { BounceFacets } from '../../../service/contract/bounce.ts';
import type { View } from '../../hooks/use-view.ts';
import { typeExplained } from '../../words/bounces.ts';
import { figure } from '../../words/figures.ts';
import type { BounceKey } from './bounce-view.ts';

/** How many bounces there are of each type; pressing one shows only those. */
export function BounceCounts({
	facets,
	view,
}: {
	facets: BounceFacets | undefined;
	view: View<BounceKey>;
}) {
	if (!facets) return <div className="rc-counts is-waiting" aria-hidden />;
	const { type, recognised } = view.values;
	const isUnfiltered = !type && recognised !== 'no';
	return (
		<div className="rc-counts" role="group" aria-label={__('Bounces by type', 'return-channel')}>
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
		</div>
	);
}

function Count({
	label,
	title,
	count,
	isPressed,
	onPress,
}: {
	label: string;
	title?: string;
	count: number;
	isPressed: boolean;
	onPress: () => void;
}) {
	return (
		<button
			type="button"
			className="rc-count"
			aria-pressed={isPressed}
			title={title || undefined}
			onClick={onPress}
			aria-label={sprintf(
				/* translators: 1: a bounce type, 2: number of bounces. */
				__('%1$s: %2$s', 'return-channel'),
				label,
				figure(count),
			)}
		>
			<span>{label}</span> <b>{figure(count)}</b>
		</button>
	);
}
