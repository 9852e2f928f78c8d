import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { BounceDetail } from '../../service/contract/bounce.ts';
import { call } from '../api.ts';
import { Confirm } from '../components/confirm.tsx';
import { useNotices } from '../components/notice-board.tsx';

/** The button that takes one bounce back, with its question before and its sentence after. */
export function TakeBack({
	bounce,
	onTakenBack,
}: {
	bounce: BounceDetail;
	onTakenBack: () => void;
}) {
	const [isAsking, setIsAsking] = useState(false);
	const { post } = useNotices();

	async function takeBack() {
		const after = await call('takeBackBounce', { id: bounce.id });
		setIsAsking(false);
		onTakenBack();
		const done = __('The bounce was taken back.', 'return-channel');
		post({ status: 'success', sentence: `${done} ${after.countingExplained}` });
	}

	return (
		<>
			<Button
				variant="secondary"
				isDestructive
				__next40pxDefaultSize
				onClick={() => setIsAsking(true)}
			>
				{__('Take back this bounce', 'return-channel')}
			</Button>
			{isAsking && (
				<Confirm
					title={__('Take back this bounce?', 'return-channel')}
					verb={__('Take back', 'return-channel')}
					isDestructive
					onConfirm={takeBack}
					onClose={() => setIsAsking(false)}
				>
					<p>
						{bounce.causedHold
							? sprintf(
									/* translators: %s: an e-mail address. */
									__(
										'The bounce stays on record but no longer counts, and the hold it caused on %s is lifted.',
										'return-channel',
									),
									bounce.email,
								)
							: __(
									'The bounce stays on record but no longer counts toward a hold.',
									'return-channel',
								)}
					</p>
				</Confirm>
			)}
		</>
	);
}
