import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ContactImport } from '../../../../service/contract/contact.ts';
import { call } from '../../../api.ts';
import { Confirm } from '../../../components/confirm.tsx';
import { useNotices } from '../../../components/notice-board.tsx';
import type { View } from '../../../hooks/use-view.ts';
import { toSection } from '../contacts-view.ts';
import type { ContactsKey } from '../contacts-view.ts';
import { ImportCounts } from './import-counts.tsx';
import { ProblemList } from './problem-list.tsx';

interface Props {
	imported: ContactImport;
	view: View<ContactsKey>;
	onChanged: () => void;
}

/** How an import ended, and the way back. */
export function ImportResult({ imported, view, onChanged }: Props) {
	const [isAsking, setIsAsking] = useState(false);
	const { post } = useNotices();
	const { id, state, sentence, problems, options } = imported;
	const canUndo = state === 'done' || (state === 'failed' && imported.done > 0);

	async function undo() {
		const report = await call('undoImport', { id });
		setIsAsking(false);
		onChanged();
		post({ status: 'success', sentence: report.sentence });
	}

	return (
		<div className="rc-card rc-import-result">
			<p role="status">{sentence}</p>
			<ImportCounts counts={imported} />
			<ProblemList problems={problems} />
			<div className="rc-buttons">
				<Button
					variant="primary"
					__next40pxDefaultSize
					onClick={() =>
						view.change({
							...toSection('contacts'),
							group: options.groupId ? String(options.groupId) : '',
							orderby: 'createdAt',
							order: 'desc',
						})
					}
				>
					{__('Show the contacts', 'return-channel')}
				</Button>
				{canUndo && (
					<Button
						variant="secondary"
						isDestructive
						__next40pxDefaultSize
						onClick={() => setIsAsking(true)}
					>
						{__('Undo the import', 'return-channel')}
					</Button>
				)}
			</div>
			{isAsking && (
				<Confirm
					title={__('Undo this import?', 'return-channel')}
					verb={__('Undo the import', 'return-channel')}
					isDestructive
					onConfirm={undo}
					onClose={() => setIsAsking(false)}
				>
					<p>
						{__(
							'The contacts that it added go to the trash, and those that it changed are as they were before. Whatever somebody has changed since is left alone.',
							'return-channel',
						)}
					</p>
				</Confirm>
			)}
		</div>
	);
}
