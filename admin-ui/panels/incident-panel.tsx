import { __, _n, sprintf } from '@wordpress/i18n';
import { Facts } from '../components/facts.tsx';
import { SidePanel } from '../components/side-panel.tsx';
import { Failing, Loading } from '../components/states.tsx';
import { When } from '../components/when.tsx';
import { useCall } from '../hooks/use-call.ts';
import { figure } from '../words/figures.ts';

/** One incident: what the servers said, what to fix, and some of the bounces. */
export function IncidentPanel({
	incidentId,
	onClose,
}: {
	incidentId: number;
	onClose: () => void;
}) {
	const { data: incident, error, reload } = useCall('getIncident', { id: incidentId });
	return (
		<SidePanel title={incident?.provider ?? __('Incident', 'return-channel')} onClose={onClose}>
			{error && <Failing error={error} onRetry={reload} />}
			{!incident && !error && <Loading sentence={__('Fetching the incident…', 'return-channel')} />}
			{incident && (
				<>
					<section>
						<h2>{incident.reasonLabel}</h2>
						<p>{incident.sentence}</p>
						<p>{incident.advice}</p>
						<Facts
							facts={[
								{ name: __('Opened', 'return-channel'), value: <When at={incident.openedAt} /> },
								{
									name: __('Last bounce', 'return-channel'),
									value: <When at={incident.lastBounceAt} />,
								},
								{ name: __('Bounces', 'return-channel'), value: figure(incident.bounces) },
								{ name: __('Domains', 'return-channel'), value: incident.domains.join(', ') },
							]}
						/>
					</section>
					<section>
						<h2>{__('What the servers said', 'return-channel')}</h2>
						{incident.words.map(({ words, count }) => (
							<blockquote key={words} className="rc-words">
								{words}{' '}
								<span className="rc-quiet">
									{/* translators: %s: a number. */}
									{sprintf(_n('%s time', '%s times', count, 'return-channel'), figure(count))}
								</span>
							</blockquote>
						))}
					</section>
					<section>
						<h2>{__('The newest of its bounces', 'return-channel')}</h2>
						<ul>
							{incident.examples.map(({ id, email, recordedAt }) => (
								<li key={id}>
									{email} <When at={recordedAt} />
								</li>
							))}
						</ul>
					</section>
				</>
			)}
		</SidePanel>
	);
}
