import { Button, SearchControl } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { ContactSummary } from '../../../../service/contract/contact.ts';
import { Failing } from '../../../components/states.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import { useSettled } from '../../../hooks/use-settled.ts';
import { figure } from '../../../words/figures.ts';
import { ContactBadges } from '../contact-badges.tsx';

interface Props {
	label: string;
	/** A contact that can't be picked. */
	except: number;
	onPick: (contact: ContactSummary) => void;
}

const shownMost = 10;

/** Finds a contact by what is typed, and hands on the one that is pressed. */
export function ContactPicker({ label, except, onPick }: Props) {
	const [typed, setTyped] = useState('');
	const search = useSettled(typed.trim());
	const { data, error, isLoading, reload } = useCall(
		'listContacts',
		search ? { search, page: 1, per_page: shownMost + 1, deleted: false } : undefined,
	);
	const found = (data?.rows ?? []).filter(({ id }) => id !== except).slice(0, shownMost);
	const isFound = search !== '' && data !== undefined && !isLoading;
	return (
		<div className="rc-picker">
			<SearchControl
				__nextHasNoMarginBottom
				label={label}
				placeholder={__('Name or address', 'return-channel')}
				hideLabelFromVision={false}
				value={typed}
				onChange={setTyped}
			/>
			{error && <Failing error={error} onRetry={reload} />}
			<p role="status">
				{isFound &&
					(found.length === 0
						? __('No other contact is found.', 'return-channel')
						: sprintf(
								/* translators: %s: number of contacts. */
								_n('%s contact found.', '%s contacts found.', found.length, 'return-channel'),
								figure(found.length),
							))}
			</p>
			<ul>
				{search !== '' &&
					found.map((contact) => (
						<li key={contact.id}>
							<Button variant="link" className="rc-name" onClick={() => onPick(contact)}>
								{contact.displayName}
							</Button>{' '}
							{contact.email} <ContactBadges contact={contact} />
						</li>
					))}
			</ul>
		</div>
	);
}
