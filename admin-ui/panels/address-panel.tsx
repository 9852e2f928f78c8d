import { __, sprintf } from '@wordpress/i18n';
import type { AddressTimeline } from '../../service/contract/address.ts';
import { HoldBadge } from '../components/badge.tsx';
import { SidePanel } from '../components/side-panel.tsx';
import { Failing, Loading } from '../components/states.tsx';
import { useCall } from '../hooks/use-call.ts';
import { theScreen } from '../screen.ts';
import { AddressDeeds } from './address-deeds.tsx';
import { Timeline } from './timeline.tsx';

interface Props {
	addressId: number;
	onShowBounce: (bounceId: number) => void;
	onChanged: () => void;
	onClose: () => void;
}

/** One address: why it gets mail or not, what happened to it so far, and the buttons to change that. */
export function AddressPanel({ addressId, onShowBounce, onChanged, onClose }: Props) {
	const { data: address, error, reload } = useCall('explainAddress', { id: addressId });

	function change() {
		reload();
		onChanged();
	}

	return (
		<SidePanel title={address?.email ?? __('Address', 'return-channel')} onClose={onClose}>
			{error && <Failing error={error} onRetry={reload} />}
			{!address && !error && <Loading sentence={__('Fetching the history…', 'return-channel')} />}
			{address && (
				<>
					<section>
						<h2>{__('Does this address get mail?', 'return-channel')}</h2>
						{address.hold && (
							<p>
								<HoldBadge hold={address.hold} />
							</p>
						)}
						<p>{address.explanation}</p>
						{address.contactName && <Owner address={address} />}
						{theScreen().canManage && <AddressDeeds address={address} onChanged={change} />}
					</section>
					<Timeline events={address.events} onShowBounce={onShowBounce} />
				</>
			)}
		</SidePanel>
	);
}

function Owner({ address: { contactId, contactName } }: { address: AddressTimeline }) {
	const { pageUrls } = theScreen();
	return (
		<p>
			{sprintf(
				/* translators: %s: the name of a person or organization. */
				__('The address belongs to %s.', 'return-channel'),
				contactName,
			)}{' '}
			{pageUrls?.contacts && (
				<a href={`${pageUrls.contacts}&contact=${contactId}`}>
					{__('Open the contact', 'return-channel')}
				</a>
			)}
		</p>
	);
}
