import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { AddressTimeline } from '../../service/contract/address.ts';
import { call } from '../api.ts';
import { HoldBadge } from '../components/badge.tsx';
import { Confirm } from '../components/confirm.tsx';
import { TextField } from '../components/fields.tsx';
import { useNotices } from '../components/notice-board.tsx';
import { SidePanel } from '../components/side-panel.tsx';
import { Failing, Loading } from '../components/states.tsx';
import { useCall } from '../hooks/use-call.ts';
import { useRelease } from '../hooks/use-release.ts';
import { theScreen } from '../screen.ts';
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
						{address.contactName && (
							<p>
								{sprintf(
									/* translators: %s: the name of a person or organization. */
									__('The address belongs to %s.', 'return-channel'),
									address.contactName,
								)}
							</p>
						)}
						{theScreen().canManage && <Deeds address={address} onChanged={change} />}
					</section>
					<Timeline events={address.events} onShowBounce={onShowBounce} />
				</>
			)}
		</SidePanel>
	);
}

/** What can be done depends on the hold: an opt-out is the person's own wish and stays. */
function Deeds({ address, onChanged }: { address: AddressTimeline; onChanged: () => void }) {
	const [isAsking, setIsAsking] = useState(false);
	const release = useRelease(onChanged);
	if (address.hold === 'opt-out') return null;

	const stopAsking = () => setIsAsking(false);
	return (
		<div className="rc-buttons">
			<Button variant="secondary" __next40pxDefaultSize onClick={() => setIsAsking(true)}>
				{address.hold
					? __('Release this address', 'return-channel')
					: __('Put this address on hold', 'return-channel')}
			</Button>
			{isAsking && !address.hold && (
				<HoldByHand address={address} onHeld={onChanged} onClose={stopAsking} />
			)}
			{isAsking && address.hold && (
				<Confirm
					title={__('Release this address?', 'return-channel')}
					verb={__('Release', 'return-channel')}
					onConfirm={async () => {
						await release({ addressIds: [address.addressId] });
						stopAsking();
					}}
					onClose={stopAsking}
				>
					<p>
						{sprintf(
							/* translators: %s: an e-mail address. */
							__('%s gets mail again, and its bounces are counted from zero.', 'return-channel'),
							address.email,
						)}
					</p>
				</Confirm>
			)}
		</div>
	);
}

function HoldByHand({
	address,
	onHeld,
	onClose,
}: {
	address: AddressTimeline;
	onHeld: () => void;
	onClose: () => void;
}) {
	const [note, setNote] = useState('');
	const { post } = useNotices();

	async function hold() {
		const { email } = await call('holdAddress', { id: address.addressId, note });
		onClose();
		onHeld();
		post({
			status: 'success',
			/* translators: %s: an e-mail address. */
			sentence: sprintf(__('%s gets no more mail until it is released.', 'return-channel'), email),
		});
	}

	return (
		<Confirm
			title={__('Put this address on hold?', 'return-channel')}
			verb={__('Put on hold', 'return-channel')}
			onConfirm={hold}
			onClose={onClose}
		>
			<p>
				{sprintf(
					/* translators: %s: an e-mail address. */
					__('%s gets no more mail until somebody releases it.', 'return-channel'),
					address.email,
				)}
			</p>
			<TextField
				label={__('Note (why)', 'return-channel')}
				value={note}
				maxLength={500}
				onChange={setNote}
			/>
		</Confirm>
	);
}
