import { __ } from '@wordpress/i18n';
import type { WhatIf } from '../../../service/contract/catalogue.ts';
import type { Asked } from '../../api.ts';
import { Badge } from '../../components/badge.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useSettled } from '../../hooks/use-settled.ts';

/** What a change would do to the addresses, judged by the recorded bounces, before it is saved. */
export function WhatIfAnswer({ change }: { change: Asked<'whatIfCatalogue'> }) {
	const asked = useSettled(change);
	const { data, error, isLoading } = useCall('whatIfCatalogue', asked);
	const isOld = isLoading || JSON.stringify(asked) !== JSON.stringify(change);

	if (error) return <p className="rc-problem">{error.message}</p>;
	return (
		<div className="rc-what-if" aria-busy={isOld}>
			<p role="status">
				{data && !isOld ? data.sentence : __('Counting what this would change…', 'return-channel')}
			</p>
			{data && !isOld && <Examples examples={data.examples} />}
		</div>
	);
}

function Examples({ examples }: { examples: WhatIf['examples'] }) {
	if (examples.length === 0) return null;
	return (
		<details>
			<summary>{__('Some of the addresses', 'return-channel')}</summary>
			<ul>
				{examples.map(({ email, wouldBe, because }) => (
					<li key={email}>
						{wouldBe === 'held' ? (
							<Badge tone="bad">{__('Would be held', 'return-channel')}</Badge>
						) : (
							<Badge tone="good">{__('Would get mail', 'return-channel')}</Badge>
						)}{' '}
						{email} <span className="rc-quiet">{because}</span>
					</li>
				))}
			</ul>
		</details>
	);
}
