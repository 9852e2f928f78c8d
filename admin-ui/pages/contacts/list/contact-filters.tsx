import { __ } from '@wordpress/i18n';
import { contactStatuses, holdKinds } from '../../../../service/contract/address.ts';
import { contactKinds } from '../../../../service/contract/contact.ts';
import type { Group } from '../../../../service/contract/contact.ts';
import {
	ChoiceFilter,
	DateFilters,
	ListFilters,
	TextFilter,
} from '../../../components/list-filters.tsx';
import type { View } from '../../../hooks/use-view.ts';
import { kindLabel, statusLabel } from '../../../words/contacts.ts';
import { holdLabel } from '../../../words/holds.ts';
import { filterKeys, noFilters } from '../contacts-view.ts';
import type { ContactsKey } from '../contacts-view.ts';

/** Search and filters of the contacts. */
export function ContactFilters({ view, groups }: { view: View<ContactsKey>; groups: Group[] }) {
	const { values, change } = view;
	return (
		<ListFilters
			view={view}
			searchLabel={__('Search contacts', 'return-channel')}
			set={filterKeys.map((key) => values[key])}
			onReset={() => change(noFilters(values))}
		>
			<ChoiceFilter
				view={view}
				name="hold"
				label={__('Email on hold', 'return-channel')}
				options={[
					{ value: 'any', label: __('On hold, for whatever reason', 'return-channel') },
					...holdKinds.map((value) => ({ value, label: holdLabel(value) })),
					{ value: 'none', label: __('Not on hold', 'return-channel') },
				]}
			/>
			<ChoiceFilter
				view={view}
				name="group"
				label={__('Group', 'return-channel')}
				options={groups.map(({ id, name }) => ({ value: String(id), label: name }))}
			/>
			<ChoiceFilter
				view={view}
				name="status"
				label={__('Status', 'return-channel')}
				options={contactStatuses.map((value) => ({ value, label: statusLabel(value) }))}
			/>
			<ChoiceFilter
				view={view}
				name="kind"
				label={__('Kind', 'return-channel')}
				options={contactKinds.map((value) => ({ value, label: kindLabel(value) }))}
			/>
			<TextFilter
				view={view}
				name="domain"
				label={__('Domain', 'return-channel')}
				placeholder="example.org"
			/>
			<ChoiceFilter
				view={view}
				name="user"
				label={__('WordPress user', 'return-channel')}
				options={[
					{ value: 'yes', label: __('Yes', 'return-channel') },
					{ value: 'no', label: __('No', 'return-channel') },
				]}
			/>
			<DateFilters
				view={view}
				fromLabel={__('Added from', 'return-channel')}
				untilLabel={__('Added until', 'return-channel')}
			/>
		</ListFilters>
	);
}
