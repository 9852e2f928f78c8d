import { Modal } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { ContactPicker } from './contact-picker.tsx';
import { MergeForm } from './merge-form.tsx';

interface Props {
	/** The contact that stays, unless they are swapped. */
	keepId: number;
	/** The one that becomes part of it; chosen by search when it is not known. */
	dropId?: number;
	/** `keepId` is the one that stayed. */
	onMerged: (keepId: number) => void;
	onUndone: () => void;
	onClose: () => void;
}

/** Makes two contacts one: which other one, what differs, what comes of it. */
export function MergeDialog({ keepId, dropId, onMerged, onUndone, onClose }: Props) {
	const [pair, setPair] = useState({ keepId, dropId });
	return (
		<Modal
			title={__('Merge two contacts', 'return-channel')}
			size="large"
			onRequestClose={onClose}
			className="rc-confirm"
		>
			{pair.dropId === undefined ? (
				<ContactPicker
					label={__('Which contact is the same person?', 'return-channel')}
					except={pair.keepId}
					onPick={(picked) => setPair({ ...pair, dropId: picked.id })}
				/>
			) : (
				<MergeForm
					key={`${pair.keepId} ${pair.dropId}`}
					keepId={pair.keepId}
					dropId={pair.dropId}
					onSwap={() => setPair({ keepId: pair.dropId!, dropId: pair.keepId })}
					onMerged={onMerged}
					onUndone={onUndone}
					onClose={onClose}
				/>
			)}
		</Modal>
	);
}
