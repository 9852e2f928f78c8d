import { __ } from '@wordpress/i18n';
import { contactStatuses } from '../../../../service/contract/address.ts';
import { contactKinds } from '../../../../service/contract/contact.ts';
import type { ContactFields } from '../../../../service/contract/contact.ts';
import { ChoiceField, TextAreaField, TextField, TickField } from '../../../components/fields.tsx';
import {
	contactFieldLabel,
	kindLabel,
	statusExplained,
	statusLabel,
} from '../../../words/contacts.ts';

interface Props {
	fields: ContactFields;
	problems: Readonly<Record<string, string>>;
	onChange: (change: Partial<ContactFields>) => void;
}

const longestLine = 250;

/** Who it is. */
export function PersonFields({ fields, problems, onChange }: Props) {
	const line = (name: 'firstName' | 'lastName' | 'name' | 'employer') => ({
		label: contactFieldLabel(name),
		maxLength: longestLine,
		value: fields[name],
		problem: problems[name],
		onChange: (value: string) => onChange({ [name]: value }),
	});
	return (
		<>
			<ChoiceField
				label={contactFieldLabel('kind')}
				value={fields.kind}
				problem={problems.kind}
				options={contactKinds.map((value) => ({ value, label: kindLabel(value) }))}
				onChange={(kind) => onChange({ kind })}
			/>
			{fields.kind === 'Individual' ? (
				<>
					<div className="rc-side-by-side">
						<TextField {...line('firstName')} />
						<TextField {...line('lastName')} />
					</div>
					<TextField {...line('employer')} />
				</>
			) : (
				<TextField {...line('name')} />
			)}
			<TextAreaField
				label={contactFieldLabel('note')}
				rows={3}
				value={fields.note}
				problem={problems.note}
				onChange={(note) => onChange({ note })}
			/>
		</>
	);
}

/** What speaks against writing to it, beside a hold of an address. */
export function StandingFields({ fields, problems, onChange }: Props) {
	return (
		<>
			<ChoiceField
				label={contactFieldLabel('status')}
				help={statusExplained(fields.status)}
				value={fields.status}
				problem={problems.status}
				options={contactStatuses.map((value) => ({ value, label: statusLabel(value) }))}
				onChange={(status) => onChange({ status })}
			/>
			<TickField
				label={contactFieldLabel('doNotEmail')}
				help={__('Asked not to be written to at all.', 'return-channel')}
				value={fields.doNotEmail}
				onChange={(doNotEmail) => onChange({ doNotEmail })}
			/>
			<TickField
				label={contactFieldLabel('isOptedOut')}
				help={__(
					'Wants no mailings; letters to this person alone are all right.',
					'return-channel',
				)}
				value={fields.isOptedOut}
				onChange={(isOptedOut) => onChange({ isOptedOut })}
			/>
			<TickField
				label={contactFieldLabel('isDeceased')}
				value={fields.isDeceased}
				onChange={(isDeceased) => onChange({ isDeceased })}
			/>
		</>
	);
}
