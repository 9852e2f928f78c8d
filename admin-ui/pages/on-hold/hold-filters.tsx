import { useCallback } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { holdKinds } from '../../../service/contract/address.ts';
import { shippedBounceTypes } from '../../../service/contract/bounce.ts';
import { ChoiceField, TextField } from '../../components/fields.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import type { View } from '../../hooks/use-view.ts';
import { holdLabel } from '../../words/holds.ts';
import { filterKeys, noFilters } from './hold-view.ts';
import type { HoldKey } from './hold-view.ts';

/** Search and filters of the addresses on hold, written into the URL. */
export function HoldFilters({ view }: { view: View<HoldKey> }) {
	const { values, change } = view;
	const search = useCallback((s: string) => change({ s, paged: '' }, 'replace'), [change]);
	const set = (key: HoldKey) => (value: string) => change({ [key]: value, paged: '' });
	const all = { value: '', label: __('All', 'return-channel') };
	const types = new Set<string>([...shippedBounceTypes, values.type].filter(Boolean));
	return (
		<FilterBar
			searchLabel={__('Search addresses', 'return-channel')}
			search={values.s}
			onSearch={search}
			active={filterKeys.filter((key) => values[key]).length}
			onReset={() => change(noFilters)}
		>
			<ChoiceField
				label={__('Kind of hold', 'return-channel')}
				value={values.hold}
				options={[all, ...holdKinds.map((value) => ({ value, label: holdLabel(value) }))]}
				onChange={set('hold')}
			/>
			<ChoiceField
				label={__('Bounce type', 'return-channel')}
				value={values.type}
				options={[all, ...[...types].map((value) => ({ value, label: value }))]}
				onChange={set('type')}
			/>
			<TextField
				label={__('Domain', 'return-channel')}
				placeholder="example.org"
				value={values.domain}
				onChange={(domain) => change({ domain: domain.trim(), paged: '' }, 'replace')}
			/>
			<TextField
				type="date"
				label={__('On hold from', 'return-channel')}
				value={values.from}
				onChange={set('from')}
			/>
			<TextField
				type="date"
				label={__('On hold until', 'return-channel')}
				value={values.until}
				onChange={set('until')}
			/>
		</FilterBar>
	);
}
