import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { NeverFileEntry } from '../../../service/contract/activity.ts';
import { call } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { figure } from '../../words/figures.ts';
import { useActivityDeed } from './use-activity-deed.ts';

interface Props {
	/** Those that are chosen. */
	entries: NeverFileEntry[];
	onChanged: () => void;
}

/** What can be done with entries of the list: take them off, or remove what was filed before they were on it. */
export function NeverFileDeeds({ entries, onChanged }: Props) {
	const [asking, setAsking] = useState<'take-off' | 'remove-mails'>();
	const { post } = useNotices();
	const { tell } = useActivityDeed();
	const ids = entries.map(({ id }) => id);
	const filed = entries.reduce((sum, { filedAlready }) => sum + filedAlready, 0);
	const stopAsking = () => setAsking(undefined);

	async function takeOff() {
		const { sentence } = await call('removeNeverFile', { ids });
		stopAsking();
		onChanged();
		post({ status: 'success', sentence });
	}

	async function removeMails() {
		const report = await call('applyNeverFile', { ids });
		stopAsking();
		onChanged();
		tell(report);
	}

	return (
		<div className="rc-bulk">
			<Button
				variant="secondary"
				size="compact"
				disabled={ids.length === 0}
				accessibleWhenDisabled
				onClick={() => setAsking('take-off')}
			>
				{__('Take off the list', 'return-channel')}
			</Button>
			<Button
				variant="secondary"
				size="compact"
				isDestructive
				disabled={filed === 0}
				accessibleWhenDisabled
				onClick={() => setAsking('remove-mails')}
			>
				{__('Remove what was filed already', 'return-channel')}
			</Button>
			{asking === 'take-off' && (
				<Confirm
					title={sprintf(
						/* translators: %s: number of addresses and domains. */
						_n(
							'Take %s entry off the list?',
							'Take %s entries off the list?',
							ids.length,
							'return-channel',
						),
						figure(ids.length),
					)}
					verb={__('Take off', 'return-channel')}
					onConfirm={takeOff}
					onClose={stopAsking}
				>
					<p>
						{__(
							'Their mail is filed again from now on. What was ignored meanwhile can be dealt with again in the mail log.',
							'return-channel',
						)}
					</p>
				</Confirm>
			)}
			{asking === 'remove-mails' && (
				<Confirm
					title={sprintf(
						/* translators: %s: number of filed mails. */
						_n('Remove %s filed mail?', 'Remove %s filed mails?', filed, 'return-channel'),
						figure(filed),
					)}
					verb={__('Remove', 'return-channel')}
					isDestructive
					onConfirm={removeMails}
					onClose={stopAsking}
				>
					<p>
						{__(
							'What was filed because of these addresses disappears from all contacts. The contacts stay. You can undo this.',
							'return-channel',
						)}
					</p>
				</Confirm>
			)}
		</div>
	);
}
