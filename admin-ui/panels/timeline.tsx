import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { TimelineEvent } from '../../service/contract/address.ts';
import { When } from '../components/when.tsx';
import { inShort } from '../words/figures.ts';

/** What happened to an address, in the order the service gives. */
export function Timeline({
	events,
	onShowBounce,
}: {
	events: TimelineEvent[];
	onShowBounce: (bounceId: number) => void;
}) {
	return (
		<section>
			<h2>{__('History', 'return-channel')}</h2>
			{events.length === 0 && (
				<p>{__('Nothing is on record for this address.', 'return-channel')}</p>
			)}
			<ol className="rc-timeline">
				{events.map((event, index) => (
					<li key={`${event.at} ${index}`} className={`is-${event.what}`}>
						<p className="rc-quiet">
							{inShort(new Date(event.at))} · <When at={event.at} />
						</p>
						<p>{event.sentence}</p>
						{event.bounceId !== undefined && (
							<ShowBounce bounceId={event.bounceId} onShowBounce={onShowBounce} />
						)}
					</li>
				))}
			</ol>
		</section>
	);
}

function ShowBounce({
	bounceId,
	onShowBounce,
}: {
	bounceId: number;
	onShowBounce: (bounceId: number) => void;
}) {
	return (
		<Button variant="link" onClick={() => onShowBounce(bounceId)}>
			{__('Show this bounce', 'return-channel')}
		</Button>
	);
}
