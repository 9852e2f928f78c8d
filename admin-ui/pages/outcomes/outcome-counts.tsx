import { __ } from '@wordpress/i18n';
import { ignoredBecause, outcomes } from '../../../service/contract/activity.ts';
import type { OutcomeFacets } from '../../../service/contract/activity.ts';
import { Count, Counts } from '../../components/counts.tsx';
import type { View } from '../../hooks/use-view.ts';
import { ignoredLabel, outcomeExplained, outcomeLabel } from '../../words/outcomes.ts';
import { totalOf } from './outcomes-view.ts';
import type { OutcomeKey } from './outcomes-view.ts';

/** How many mails came to each end, and why those were ignored that were; pressing one shows only those. */
export function OutcomeCounts({
	facets,
	view,
}: {
	facets: OutcomeFacets | undefined;
	view: View<OutcomeKey>;
}) {
	const label = __('Mails by what became of them', 'return-channel');
	if (!facets) return <Counts label={label} />;
	const { outcome, because } = view.values;
	const show = (changes: Partial<Record<'outcome' | 'because', string>>) =>
		view.change({ outcome: '', because: '', paged: '', ...changes });
	const reasons = ignoredBecause.filter((name) => facets.ignoredBecause[name] || name === because);
	return (
		<>
			<Counts label={label}>
				<Count
					label={__('All', 'return-channel')}
					count={totalOf(facets)}
					isPressed={!outcome && !because}
					onPress={() => show({})}
				/>
				{outcomes.map((name) => (
					<Count
						key={name}
						label={outcomeLabel(name)}
						title={outcomeExplained(name)}
						count={facets.outcomes[name]}
						isPressed={outcome === name}
						onPress={() => show({ outcome: outcome === name ? '' : name })}
					/>
				))}
			</Counts>
			{(outcome === 'ignored' || because) && reasons.length > 0 && (
				<Counts label={__('Ignored mails by their reason', 'return-channel')}>
					{reasons.map((name) => (
						<Count
							key={name}
							label={ignoredLabel(name)}
							count={facets.ignoredBecause[name] ?? 0}
							isPressed={because === name}
							onPress={() => show({ outcome: 'ignored', because: because === name ? '' : name })}
						/>
					))}
				</Counts>
			)}
		</>
	);
}
