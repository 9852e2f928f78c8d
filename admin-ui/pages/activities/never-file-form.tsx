import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { call } from '../../api.ts';
import { TextAreaField, TextField } from '../../components/fields.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { patternsIn, problemOfPatterns } from './never-file-draft.ts';

interface Props {
	onAdded: () => void;
	onClose: () => void;
}

/** Takes one address or domain, or many at once. */
export function NeverFileForm({ onAdded, onClose }: Props) {
	const [typed, setTyped] = useState('');
	const [note, setNote] = useState('');
	const { post } = useNotices();
	const patterns = patternsIn(typed);

	async function add() {
		const { sentence } = await call('addNeverFile', { patterns, note });
		onClose();
		onAdded();
		post({ status: 'success', sentence });
	}

	return (
		<FormDialog
			title={__('Never file mail of …', 'return-channel')}
			verb={__('Add', 'return-channel')}
			isIncomplete={patterns.length === 0}
			onSubmit={add}
			onClose={onClose}
		>
			{(problems) => (
				<>
					<TextAreaField
						isCode
						rows={6}
						label={__('Addresses and domains, one in a line', 'return-channel')}
						help={__(
							'news@example.org is one address; example.org is a domain with all below it.',
							'return-channel',
						)}
						value={typed}
						problem={problemOfPatterns(patterns, problems)}
						onChange={setTyped}
					/>
					<TextField
						label={__('Note (why)', 'return-channel')}
						maxLength={500}
						value={note}
						problem={problems.note}
						onChange={setNote}
					/>
				</>
			)}
		</FormDialog>
	);
}
