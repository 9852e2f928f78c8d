import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { AddressTimeline } from '../../service/contract/address.ts';
import { call } from '../api.ts';
import { Confirm } from '../components/confirm.tsx';
import { TextField } from '../components/fields.tsx';
import { useNotices } from '../components/notice-board.tsx';
import { useRelease } from '../hooks/use-release.ts';

/** What the deeds need to know of an address. */
type HoldableAddress = Pick<AddressTimeline, 'addressId' | 'email' | 'hold'>;

/** Puts an address on hold, or releases it. An opt-out is the person's own wish and stays. */
export function AddressDeeds({
	address,
	isCompact,
	onChanged,
}: {
	address: HoldableAddress;
	/** In a list of addresses: short words, and for those who can't see the list the address. */
	isCompact?: boolean;
	onChanged: () => void;
}) {
	const [isAsking, setIsAsking] = useState(false);
	const release = useRelease(onChanged);
	if (address.hold === 'opt-out') return null;

	const stopAsking = () => setIsAsking(false);
	return (
		<div className="rc-buttons">
			{isCompact ? (
				<CompactButton address={address} onClick={() => setIsAsking(true)} />
			) : (
				<Button variant="secondary" __next40pxDefaultSize onClick={() => setIsAsking(true)}>
					{address.hold
						? __('Release this address', 'return-channel')
						: __('Put this address on hold', 'return-channel')}
				</Button>
			)}
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

function CompactButton({ address, onClick }: { address: HoldableAddress; onClick: () => void }) {
	const verb = address.hold ? __('Release', 'return-channel') : __('Put on hold', 'return-channel');
	return (
		<Button
			variant="secondary"
			size="compact"
			onClick={onClick}
			aria-label={`${verb} ${address.email}`}
		>
			{verb}
		</Button>
	);
}

function HoldByHand({
	address,
	onHeld,
	onClose,
}: {
	address: HoldableAddress;
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
