import { Button, Notice } from '@wordpress/components';
import { useEffect, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import type { ContactRecord } from '../../../../service/contract/contact.ts';
import { call } from '../../../api.ts';
import { FieldGroup } from '../../../components/fields.tsx';
import { useDeed } from '../../../hooks/use-deed.ts';
import { useFirstWrong } from '../../../hooks/use-first-wrong.ts';
import { useUnsaved } from '../../../hooks/use-unsaved.ts';
import { AddressFields } from './address-fields.tsx';
import { addressProblems, contactAsked, draftOf, isChanged, tidied } from './contact-draft.ts';
import { GroupFields } from './group-fields.tsx';
import { PersonFields, StandingFields } from './person-fields.tsx';

interface Props {
	/** The contact to change; without one a new one is added. */
	contact?: ContactRecord;
	onSaved: (contact: ContactRecord) => void;
	onCancel: () => void;
}

/** All that can be edited of a contact. Nothing is lost by leaving it without being asked. */
export function ContactForm({ contact, onSaved, onCancel }: Props) {
	const [start] = useState(() => draftOf(contact));
	const [draft, setDraft] = useState(start);
	const { isBusy, error, attempt } = useDeed();
	const letGo = useUnsaved(isChanged(start, draft));
	const form = useFirstWrong(error);
	const problems = error?.fields ?? {};

	// A form opens at its first field.
	useEffect(() => form.current?.querySelector<HTMLElement>('input, select')?.focus(), [form]);

	async function save(event: FormEvent) {
		event.preventDefault();
		const complete = tidied(draft);
		setDraft(complete);
		const asked = contactAsked(complete);
		const saved = await attempt(() =>
			contact ? call('changeContact', { ...asked, id: contact.id }) : call('addContact', asked),
		);
		if (!saved) return;
		letGo();
		onSaved(saved);
	}

	return (
		<form ref={form} className="rc-form" onSubmit={(event) => void save(event)} noValidate>
			{error && (
				<Notice status="error" isDismissible={false} spokenMessage={error.message}>
					{error.message}
				</Notice>
			)}
			<FieldGroup title={__('Name', 'return-channel')}>
				<PersonFields
					fields={draft.fields}
					problems={problems}
					onChange={(change) => setDraft({ ...draft, fields: { ...draft.fields, ...change } })}
				/>
			</FieldGroup>
			<FieldGroup title={__('E-mail addresses', 'return-channel')}>
				<AddressFields
					addresses={draft.addresses}
					problems={addressProblems(problems, draft.addresses.length)}
					onChange={(addresses) => setDraft({ ...draft, addresses })}
				/>
			</FieldGroup>
			<FieldGroup title={__('May we write?', 'return-channel')}>
				<StandingFields
					fields={draft.fields}
					problems={problems}
					onChange={(change) => setDraft({ ...draft, fields: { ...draft.fields, ...change } })}
				/>
			</FieldGroup>
			<FieldGroup title={__('Groups', 'return-channel')}>
				<GroupFields
					chosen={draft.groupIds}
					onChange={(groupIds) => setDraft({ ...draft, groupIds })}
				/>
			</FieldGroup>
			<div className="rc-buttons">
				<Button
					type="submit"
					variant="primary"
					__next40pxDefaultSize
					isBusy={isBusy}
					disabled={isBusy}
					accessibleWhenDisabled
				>
					{contact
						? __('Save the contact', 'return-channel')
						: __('Add the contact', 'return-channel')}
				</Button>
				<Button variant="tertiary" __next40pxDefaultSize onClick={onCancel}>
					{__('Cancel', 'return-channel')}
				</Button>
			</div>
		</form>
	);
}
