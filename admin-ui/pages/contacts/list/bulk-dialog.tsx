import { __, _n, sprintf } from '@wordpress/i18n';
import { call } from '../../../api.ts';
import { Confirm } from '../../../components/confirm.tsx';
import { useDeedNotices } from '../../../hooks/use-deed-notices.ts';
import { figure } from '../../../words/figures.ts';
import { MergeDialog } from '../record/merge-dialog.tsx';
import { countChosen, whoIs } from './chosen.ts';
import type { BulkDeed, BulkProps } from './chosen.ts';
import { ExportDialog } from './export-dialog.tsx';
import { GroupDialog } from './group-dialog.tsx';

/** Asks before a deed to several contacts, does it, says what it did and offers to undo it. */
export function BulkDialog({ deed, ...props }: BulkProps & { deed: BulkDeed }) {
	const { chosen, onDone, onClose } = props;
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
	if (deed === 'add-to-group' || deed === 'remove-from-group')
		return <GroupDialog {...props} isAdding={deed === 'add-to-group'} />;
	return <PlainDialog {...props} deed={deed} />;
}

/** Deeds that need no more than a yes. */
type PlainDeed = 'release' | 'delete' | 'restore';

function PlainDialog({
	deed,
	chosen,
	total,
	values,
	onDone,
	onClose,
}: BulkProps & { deed: PlainDeed }) {
	const notices = useDeedNotices(onDone);
	const count = countChosen(chosen, total);
	const { title, verb, sentences } = inWords(deed, count);

	async function perform() {
		const who = whoIs(chosen, values);
		const tell =
			deed === 'release'
				? await call('releaseContacts', who).then((done) => () => notices.sayReleased(done))
				: await call(deed === 'delete' ? 'deleteContacts' : 'restoreContacts', who).then(
						(done) => () => notices.say(done),
					);
		onClose();
		onDone();
		tell();
	}

	return (
		<Confirm
			title={sprintf(title, figure(count))}
			verb={verb}
			isDestructive={deed === 'delete'}
			onConfirm={perform}
			onClose={onClose}
		>
			{sentences.map((sentence) => (
				<p key={sentence}>{sentence}</p>
			))}
		</Confirm>
	);
}

/** What the dialog asks; `%s` in the title is the number of contacts. */
function inWords(deed: PlainDeed, count: number) {
	const words = {
		release: {
			/* translators: %s: number of contacts. */
			title: _n(
				'Release the addresses of %s contact?',
				'Release the addresses of %s contacts?',
				count,
				'return-channel',
			),
			verb: __('Release', 'return-channel'),
			sentences: [
				__(
					'All addresses on hold get mail again, and their bounces are counted from zero. Opt-outs stay on hold: they are the person’s own wish.',
					'return-channel',
				),
				__('You can undo this afterwards.', 'return-channel'),
			],
		},
		delete: {
			/* translators: %s: number of contacts. */
			title: _n(
				'Move %s contact to the trash?',
				'Move %s contacts to the trash?',
				count,
				'return-channel',
			),
			verb: __('Move to the trash', 'return-channel'),
			sentences: [
				__(
					'Whoever is in the trash gets no mail, is found by no search, and no mail is filed with them. Their history stays, and they can be restored.',
					'return-channel',
				),
			],
		},
		restore: {
			/* translators: %s: number of contacts. */
			title: _n('Restore %s contact?', 'Restore %s contacts?', count, 'return-channel'),
			verb: __('Restore', 'return-channel'),
			sentences: [
				__(
					'They are in the lists again with their addresses, groups and holds as they were.',
					'return-channel',
				),
			],
		},
	};
	return words[deed];
}
