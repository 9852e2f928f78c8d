import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Incident } from '../../../service/contract/incident.ts';
import { call } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { When } from '../../components/when.tsx';
import type { Called } from '../../hooks/use-call.ts';
import { IncidentPanel } from '../../panels/incident-panel.tsx';
import { theScreen } from '../../screen.ts';

/** What the page asks: the latest incidents that nobody has closed. */
export const openIncidents = { state: 'open', per_page: 5 } as const;

/** What is wrong with our own sending, above the bounces, until somebody closes it. It holds nobody. */
export function IncidentNotices({
	incidents: { data, reload },
}: {
	incidents: Called<'listIncidents'>;
}) {
	const [shown, setShown] = useState<Incident>();
	const [closing, setClosing] = useState<Incident>();
	if (!data || data.total === 0) return null;
	return (
		<section className="rc-incidents" aria-label={__('Incidents', 'return-channel')}>
			{data.rows.map((incident) => (
				<IncidentNotice
					key={incident.id}
					incident={incident}
					onShow={() => setShown(incident)}
					onClose={() => setClosing(incident)}
				/>
			))}
			{shown && <IncidentPanel incidentId={shown.id} onClose={() => setShown(undefined)} />}
			{closing && (
				<CloseIncident incident={closing} onDone={reload} onClose={() => setClosing(undefined)} />
			)}
		</section>
	);
}

function IncidentNotice({
	incident,
	onShow,
	onClose,
}: {
	incident: Incident;
	onShow: () => void;
	onClose: () => void;
}) {
	const { provider, sentence, advice, openedAt } = incident;
	return (
		<div className="rc-incident">
			<h2>
				{/* translators: %s: a mail provider. */}
				{sprintf(__('%s refuses our mail', 'return-channel'), provider)}{' '}
				<span className="rc-quiet">
					{__('since', 'return-channel')} <When at={openedAt} />
				</span>
			</h2>
			<p>{sentence}</p>
			<p>
				<strong>{__('What to do:', 'return-channel')}</strong> {advice}{' '}
				{__('Nobody is put on hold for it.', 'return-channel')}
			</p>
			<div className="rc-buttons">
				<Button
					variant="secondary"
					size="compact"
					onClick={onShow}
					aria-label={`${__('Show the answers', 'return-channel')} ${provider}`}
				>
					{__('Show the answers', 'return-channel')}
				</Button>
				{theScreen().canManage && (
					<Button
						variant="secondary"
						size="compact"
						onClick={onClose}
						aria-label={`${__('Close', 'return-channel')} ${provider}`}
					>
						{__('Close', 'return-channel')}
					</Button>
				)}
			</div>
		</div>
	);
}

function CloseIncident({
	incident,
	onDone,
	onClose,
}: {
	incident: Incident;
	onDone: () => void;
	onClose: () => void;
}) {
	const { post } = useNotices();

	async function close() {
		await call('closeIncident', { id: incident.id });
		onClose();
		onDone();
		const sentence = __(
			'The incident is closed. It opens again if the same comes back.',
			'return-channel',
		);
		post({ status: 'success', sentence });
	}

	return (
		<Confirm
			/* translators: %s: a mail provider. */
			title={sprintf(__('Close the incident with %s?', 'return-channel'), incident.provider)}
			verb={__('Close it', 'return-channel')}
			onConfirm={close}
			onClose={onClose}
		>
			<p>
				{__(
					'Close it when the cause is mended. It opens again if the same comes back.',
					'return-channel',
				)}
			</p>
		</Confirm>
	);
}
