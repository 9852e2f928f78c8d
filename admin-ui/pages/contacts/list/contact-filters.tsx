import { useCallback } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { contactStatuses, holdKinds } from '../../../../service/contract/address.ts';
import { contactKinds } from '../../../../service/contract/contact.ts';
import type { Group } from '../../../../service/contract/contact.ts';
import { ChoiceField, TextField } from '../../../components/fields.tsx';
import { FilterBar } from '../../../components/filter-bar.tsx';
import type { View } from '../../../hooks/use-view.ts';
import { kindLabel, statusLabel } from '../../../words/contacts.ts';
import { holdLabel } from '../../../words/holds.ts';
import { filterKeys, noFilters } from '../contacts-view.ts';
import type { ContactsKey } from '../contacts-view.ts';

/** Search and filters of the contacts, written into the URL. */
export function ContactFilters({ view, groups }: { view: View<ContactsKey>; groups: Group[] }) {
	const { values, change } = view;
	const search = useCallback((s: string) => change({ s, paged: '' }, 'replace'), [change]);
	const set = (key: ContactsKey) => (value: string) => change({ [key]: value, paged: '' });
	const all = { value: '', label: __('All', 'return-channel') };
	return (
		<FilterBar
			searchLabel={__('Search contacts', 'return-channel')}
			search={values.s}
			onSearch={search}
			active={filterKeys.filter((key) => values[key]).length}
			onReset={() => change(noFilters(values))}
		>
			<ChoiceField
				label={__('Email on hold', 'return-channel')}
				value={values.hold}
				options={[
					all,
					{ value: 'any', label: __('On hold, for whatever reason', 'return-channel') },
					...holdKinds.map((value) => ({ value, label: holdLabel(value) })),
					{ value: 'none', label: __('Not on hold', 'return-channel') },
				]}
				onChange={set('hold')}
			/>
			<ChoiceField
				label={__('Group', 'return-channel')}
				value={values.group}
				options={[all, ...groups.map(({ id, name }) => ({ value: String(id), label: name }))]}
				onChange={set('group')}
			/>
			<ChoiceField
				label={__('Status', 'return-channel')}
				value={values.status}
				options={[all, ...contactStatuses.map((value) => ({ value, label: statusLabel(value) }))]}
				onChange={set('status')}
			/>
			<ChoiceField
				label={__('Kind', 'return-channel')}
				value={values.kind}
				options={[all, ...contactKinds.map((value) => ({ value, label: kindLabel(value) }))]}
				onChange={set('kind')}
			/>
			<TextField
				label={__('Domain', 'return-channel')}
				placeholder="example.org"
				value={values.domain}
				onChange={(domain) => change({ domain: domain.trim(), paged: '' }, 'replace')}
			/>
			<ChoiceField
				label={__('WordPress user', 'return-channel')}
				value={values.user}
				options={[
					all,
					{ value: 'yes', label: __('Yes', 'return-channel') },
					{ value: 'no', label: __('No', 'return-channel') },
				]}
				onChange={set('user')}
			/>
			<TextField
				type="date"
				label={__('Added from', 'return-channel')}
				value={values.from}
				onChange={set('from')}
			/>
			<TextField
				type="date"
				label={__('Added until', 'return-channel')}
				value={values.until}
				onChange={set('until')}
			/>
		</FilterBar>
	);
}
