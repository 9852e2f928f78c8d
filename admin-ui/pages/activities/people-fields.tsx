import { Button } from '@wordpress/components';
import { useId, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { partyRoles } from '../../../service/contract/activity.ts';
import type { PartyRole } from '../../../service/contract/activity.ts';
import { ChoiceField, TextField } from '../../components/fields.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useSettled } from '../../hooks/use-settled.ts';
import { roleLabel } from '../../words/activities.ts';
import type { DraftPerson } from './mail-draft.ts';

interface Props {
	people: DraftPerson[];
	problem?: string;
	onChange: (people: DraftPerson[]) => void;
}

/** Whom a mail is filed with, and as what. */
export function PeopleFields({ people, problem, onChange }: Props) {
	const headingId = useId();
	const roles = partyRoles.map((value) => ({ value, label: roleLabel(value) }));
	const withRole = (at: number, role: PartyRole) =>
		people.map((person, index) => (index === at ? { ...person, role } : person));
	return (
		<div role="group" aria-labelledby={headingId} className="rc-people-fields">
			<h2 id={headingId}>{__('People', 'return-channel')}</h2>
			{problem && <span className="rc-problem">{problem}</span>}
			<ul>
				{people.map((person, at) => (
					<li key={`${person.contactId} ${at}`}>
						<span>
							<bdi>{person.name}</bdi>
						</span>
						<ChoiceField
							/* translators: %s: name of a person. */
							label={sprintf(__('Role of %s', 'return-channel'), person.name)}
							hideLabel
							value={person.role}
							options={roles}
							onChange={(role) => onChange(withRole(at, role))}
						/>
						<Button
							variant="tertiary"
							isDestructive
							__next40pxDefaultSize
							/* translators: %s: name of a person. */
							aria-label={sprintf(__('Remove %s', 'return-channel'), person.name)}
							onClick={() => onChange(people.filter((_, index) => index !== at))}
						>
							{__('Remove', 'return-channel')}
						</Button>
					</li>
				))}
			</ul>
			<AddPerson onAdd={(person) => onChange([...people, person])} />
		</div>
	);
}

const mostFound = 5;
const leastLetters = 2;

/** Finds a contact by name or address and adds it. */
function AddPerson({ onAdd }: { onAdd: (person: DraftPerson) => void }) {
	const [typed, setTyped] = useState('');
	const search = useSettled(typed.trim());
	const isAsking = search.length >= leastLetters && typed !== '';
	const { data, error } = useCall(
		'listContacts',
		isAsking ? { search, per_page: mostFound } : undefined,
	);
	return (
		<div>
			<TextField
				label={__('Add somebody', 'return-channel')}
				placeholder={__('Name or address of a contact', 'return-channel')}
				value={typed}
				problem={error?.message}
				onChange={setTyped}
			/>
			<div role="status" className="rc-buttons rc-found">
				{isAsking &&
					data?.rows.map(({ id, displayName, email }) => (
						<Button
							key={id}
							variant="secondary"
							size="compact"
							onClick={() => {
								onAdd({ contactId: id, name: displayName, role: 'target' });
								setTyped('');
							}}
						>
							{email && email !== displayName ? `${displayName} (${email})` : displayName}
						</Button>
					))}
				{isAsking && data?.total === 0 && (
					<span className="rc-quiet">{__('No contact matches.', 'return-channel')}</span>
				)}
			</div>
		</div>
	);
}
