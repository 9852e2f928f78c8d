import { __ } from '@wordpress/i18n';
import { holdKinds } from '../../../service/contract/address.ts';
import {
	ChoiceFilter,
	DateFilters,
	ListFilters,
	TextFilter,
} from '../../components/list-filters.tsx';
import { useBounceTypes } from '../../hooks/use-bounce-types.ts';
import type { View } from '../../hooks/use-view.ts';
import { holdLabel } from '../../words/holds.ts';
import { filterKeys, noFilters } from './hold-view.ts';
import type { HoldKey } from './hold-view.ts';

/** Search and filters of the addresses on hold. */
export function HoldFilters({ view }: { view: View<HoldKey> }) {
	const { values, change } = view;
	const types = useBounceTypes(values.type);
	return (
		<ListFilters
			view={view}
			searchLabel={__('Search addresses', 'return-channel')}
			set={filterKeys.map((key) => values[key])}
			onReset={() => change(noFilters)}
		>
			<ChoiceFilter
				view={view}
				name="hold"
				label={__('Kind of hold', 'return-channel')}
				options={holdKinds.map((value) => ({ value, label: holdLabel(value) }))}
			/>
			<ChoiceFilter
				view={view}
				name="type"
				label={__('Bounce type', 'return-channel')}
				options={types.map((value) => ({ value, label: value }))}
			/>
			<TextFilter
				view={view}
				name="domain"
				label={__('Domain', 'return-channel')}
				placeholder="example.org"
			/>
			<DateFilters
				view={view}
				fromLabel={__('On hold from', 'return-channel')}
				untilLabel={__('On hold until', 'return-channel')}
			/>
		</ListFilters>
	);
}
