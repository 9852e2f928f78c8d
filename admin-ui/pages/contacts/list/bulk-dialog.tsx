import { __, _n, sprintf } from '@wordpress/i18n';
import type { Group } from '../../../../service/contract/contact.ts';
import { call } from '../../../api.ts';
import { Confirm } from '../../../components/confirm.tsx';
import { useDeedNotices } from '../../../hooks/use-deed-notices.ts';
import { figure } from '../../../words/figures.ts';
import type { ContactsValues } from '../contacts-view.ts';
import { MergeDialog } from '../record/merge-dialog.tsx';
import { countChosen, whoIs } from './chosen.ts';
import type { BulkDeed, Chosen } from './chosen.ts';
import { ExportDialog } from './export-dialog.tsx';
import { GroupDialog } from './group-dialog.tsx';

export interface BulkProps {
	chosen: Chosen;
	/** Contacts that match in all. */
	total: number;
	values: ContactsValues;
	groups: Group[];
	/** It was done, or undone. */
	onDone: () => void;
	onClose: () => void;
}

/** Asks before a deed to several contacts, does it, says what it did and offers to undo it. */
export function BulkDialog({ deed, ...props }: BulkProps & { deed: BulkDeed }) {
	const { chosen, onDone, onClose } = props;
	if (deed === 'release') return <ReleaseDialog {...props} />;
	if (deed === 'delete') return <TrashDialog {...props} />;
	if (deed === 'restore') return <RestoreDialog {...props} />;
	if (deed === 'export') return <ExportDialog {...props} />;
	if (deed === 'merge') {
		const [keepId, dropId] = [...chosen.ids];
		return (
			<MergeDialog
				keepId={keepId!}
				dropId={dropId}
				onMerged={onDone}
				onUndone={onDone}
				onClose={onClose}
			/>
		);
	}
	return <GroupDialog {...props} isAdding={deed === 'add-to-group'} />;
}

function ReleaseDialog({ chosen, total, values, onDone, onClose }: BulkProps) {
	const notices = useDeedNotices(onDone);
	const count = countChosen(chosen, total);

	async function release() {
		const report = await call('releaseContacts', whoIs(chosen, values));
		onClose();
		onDone();
		notices.sayReleased(report);
	}

	return (
		<Confirm
			title={sprintf(
				/* translators: %s: number of contacts. */
				_n(
					'Release the addresses of %s contact?',
					'Release the addresses of %s contacts?',
					count,
					'return-channel',
				),
				figure(count),
			)}
			verb={__('Release', 'return-channel')}
			onConfirm={release}
			onClose={onClose}
		>
			<p>
				{__(
					'All addresses on hold get mail again, and their bounces are counted from zero. Opt-outs stay on hold: they are the person’s own wish.',
					'return-channel',
				)}
			</p>
			<p>{__('You can undo this afterwards.', 'return-channel')}</p>
		</Confirm>
	);
}

function TrashDialog({ chosen, total, values, onDone, onClose }: BulkProps) {
	const notices = useDeedNotices(onDone);
	const count = countChosen(chosen, total);

	async function remove() {
		const report = await call('deleteContacts', whoIs(chosen, values));
		onClose();
		onDone();
		notices.say(report);
	}

	return (
		<Confirm
			title={sprintf(
				/* translators: %s: number of contacts. */
				_n(
					'Move %s contact to the trash?',
					'Move %s contacts to the trash?',
					count,
					'return-channel',
				),
				figure(count),
			)}
			verb={__('Move to the trash', 'return-channel')}
			isDestructive
			onConfirm={remove}
			onClose={onClose}
		>
			<p>
				{__(
					'Whoever is in the trash gets no mail, is found by no search, and no mail is filed with them. Their history stays, and they can be restored.',
					'return-channel',
				)}
			</p>
		</Confirm>
	);
}

function RestoreDialog({ chosen, total, values, onDone, onClose }: BulkProps) {
	const notices = useDeedNotices(onDone);
	const count = countChosen(chosen, total);

	async function restore() {
		const report = await call('restoreContacts', whoIs(chosen, values));
		onClose();
		onDone();
		notices.say(report);
	}

	return (
		<Confirm
			title={sprintf(
				/* translators: %s: number of contacts. */
				_n('Restore %s contact?', 'Restore %s contacts?', count, 'return-channel'),
				figure(count),
			)}
			verb={__('Restore', 'return-channel')}
			onConfirm={restore}
			onClose={onClose}
		>
			<p>
				{__(
					'They are in the lists again with their addresses, groups and holds as they were.',
					'return-channel',
				)}
			</p>
		</Confirm>
	);
}
