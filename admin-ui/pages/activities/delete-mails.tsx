import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { call } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { figure } from '../../words/figures.ts';
import { useActivityDeed } from './use-activity-deed.ts';

/** Deletes filed mails, after asking, and offers to undo it. */
export function DeleteMails({
	ids,
	label,
	onDeleted,
}: {
	ids: number[];
	/** What the button says; without one it speaks of those that are chosen. */
	label?: string;
	onDeleted: () => void;
}) {
	const [isAsking, setIsAsking] = useState(false);
	const { tell } = useActivityDeed();

	async function remove() {
		const report = await call('deleteActivities', { ids });
		setIsAsking(false);
		onDeleted();
		tell(report);
	}

	return (
		<>
			<Button
				variant="secondary"
				size={label ? 'default' : 'compact'}
				__next40pxDefaultSize={Boolean(label)}
				isDestructive
				disabled={ids.length === 0}
				accessibleWhenDisabled
				onClick={() => setIsAsking(true)}
			>
				{label ??
					(ids.length > 0
						? sprintf(
								/* translators: %s: number of filed mails. */
								_n('Delete %s mail', 'Delete %s mails', ids.length, 'return-channel'),
								figure(ids.length),
							)
						: __('Delete the chosen mails', 'return-channel'))}
			</Button>
			{isAsking && (
				<Confirm
					title={sprintf(
						/* translators: %s: number of filed mails. */
						_n('Delete %s filed mail?', 'Delete %s filed mails?', ids.length, 'return-channel'),
						figure(ids.length),
					)}
					verb={__('Delete', 'return-channel')}
					isDestructive
					onConfirm={remove}
					onClose={() => setIsAsking(false)}
				>
					<p>
						{__(
							'They disappear from the contacts they are filed with. The contacts stay, and so do the mails in the mailbox. You can undo this.',
							'return-channel',
						)}
					</p>
				</Confirm>
			)}
		</>
	);
}
