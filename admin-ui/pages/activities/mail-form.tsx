import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { activityStatuses } from '../../../service/contract/activity.ts';
import type { ActivityDetail } from '../../../service/contract/activity.ts';
import { call } from '../../api.ts';
import { ChoiceField, TextAreaField, TextField } from '../../components/fields.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { statusLabel } from '../../words/activities.ts';
import { changesAsked, draftOf } from './mail-draft.ts';
import { PeopleFields } from './people-fields.tsx';

/** The button that opens the form for a filed mail, for those who may edit it. */
export function EditMail({ mail, onSaved }: { mail: ActivityDetail; onSaved: () => void }) {
	const [isEditing, setIsEditing] = useState(false);
	return (
		<>
			<Button variant="secondary" __next40pxDefaultSize onClick={() => setIsEditing(true)}>
				{__('Edit', 'return-channel')}
			</Button>
			{isEditing && <MailForm mail={mail} onSaved={onSaved} onClose={() => setIsEditing(false)} />}
		</>
	);
}

/** All but the original message, or with the capability for it the message too. */
function MailForm({
	mail,
	onSaved,
	onClose,
}: {
	mail: ActivityDetail;
	onSaved: () => void;
	onClose: () => void;
}) {
	const [draft, setDraft] = useState(() => draftOf(mail));
	const { post } = useNotices();
	const edit = (changes: Partial<typeof draft>) =>
		setDraft((before) => ({ ...before, ...changes }));

	async function save() {
		await call('changeActivity', changesAsked(mail, draft));
		onClose();
		onSaved();
		post({ status: 'success', sentence: __('The filed mail is saved.', 'return-channel') });
	}

	return (
		<FormDialog
			title={__('Edit this filed mail', 'return-channel')}
			verb={__('Save', 'return-channel')}
			size="large"
			onSubmit={save}
			onClose={onClose}
		>
			{(problems) => (
				<>
					<TextField
						label={__('Subject', 'return-channel')}
						maxLength={500}
						value={draft.subject}
						problem={problems.subject}
						onChange={(subject) => edit({ subject })}
					/>
					<TextField
						type="datetime-local"
						label={__('Written', 'return-channel')}
						value={draft.occurredAt}
						problem={problems.occurredAt}
						onChange={(occurredAt) => edit({ occurredAt })}
					/>
					<div className="rc-side-by-side">
						<ChoiceField
							label={__('Status', 'return-channel')}
							value={draft.status}
							problem={problems.status}
							options={activityStatuses.map((value) => ({ value, label: statusLabel(value) }))}
							onChange={(status) => edit({ status })}
						/>
						<TextField
							label={__('Campaign', 'return-channel')}
							maxLength={100}
							value={draft.campaign}
							problem={problems.campaign}
							onChange={(campaign) => edit({ campaign })}
						/>
					</div>
					<PeopleFields
						people={draft.people}
						problem={problems.parties}
						onChange={(people) => edit({ people })}
					/>
					{mail.editableText !== null ? (
						<TextAreaField
							label={__('Message', 'return-channel')}
							help={
								mail.html !== null && draft.text !== mail.editableText
									? __(
											'What you write replaces the formatted message. The original mail stays as it is.',
											'return-channel',
										)
									: __('The original mail stays as it is.', 'return-channel')
							}
							rows={12}
							value={draft.text}
							problem={problems.text}
							onChange={(text) => edit({ text })}
						/>
					) : (
						<p className="rc-quiet">
							{__('Your role does not allow changing the message itself.', 'return-channel')}
						</p>
					)}
				</>
			)}
		</FormDialog>
	);
}
