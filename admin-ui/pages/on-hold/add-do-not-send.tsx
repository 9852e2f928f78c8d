import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { call } from '../../api.ts';
import { TextAreaField, TextField } from '../../components/fields.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { figure } from '../../words/figures.ts';
import { addressesIn } from './addresses-in.ts';

/** Puts one address or many on the do-not-send list. */
export function AddDoNotSend({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
	const [text, setText] = useState('');
	const [note, setNote] = useState('');
	const { post } = useNotices();
	const emails = addressesIn(text);

	async function add() {
		const entries = emails.map((email) => ({ email, note }));
		const { sentence } = await call('addDoNotSend', { entries });
		onClose();
		onAdded();
		post({ status: 'success', sentence });
	}

	return (
		<FormDialog
			title={__('Add to the do-not-send list', 'return-channel')}
			verb={verbFor(emails.length)}
			isIncomplete={emails.length === 0}
			onSubmit={add}
			onClose={onClose}
		>
			{(problems) => (
				<>
					<TextAreaField
						isCode
						rows={6}
						label={__('E-mail addresses', 'return-channel')}
						help={__('One in a line, or separated by commas or spaces.', 'return-channel')}
						value={text}
						problem={wrongAddresses(problems)}
						onChange={setText}
					/>
					<TextField
						label={__('Reason', 'return-channel')}
						help={__('Shown in the list. May stay empty.', 'return-channel')}
						maxLength={500}
						value={note}
						onChange={setNote}
					/>
				</>
			)}
		</FormDialog>
	);
}

function verbFor(count: number): string {
	if (count < 2) return __('Add', 'return-channel');
	return sprintf(
		/* translators: %s: number of addresses. */
		_n('Add %s address', 'Add %s addresses', count, 'return-channel'),
		figure(count),
	);
}

/** What the service says is wrong with some of the addresses. */
function wrongAddresses(problems: Readonly<Record<string, string>>): string | undefined {
	const said = Object.entries(problems)
		.filter(([field]) => field.startsWith('entries'))
		.map(([, problem]) => problem);
	return said.length > 0 ? said.join(' ') : undefined;
}
