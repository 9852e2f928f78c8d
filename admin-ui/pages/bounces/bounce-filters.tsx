import { __ } from '@wordpress/i18n';
import { faults, trusts } from '../../../service/contract/bounce.ts';
import type { BounceSummary } from '../../../service/contract/bounce.ts';
import {
	ChoiceFilter,
	DateFilters,
	LinkFilter,
	ListFilters,
} from '../../components/list-filters.tsx';
import type { View } from '../../hooks/use-view.ts';
import { faultLabel, trustLabel } from '../../words/bounces.ts';
import { filterKeys, noFilters } from './bounce-view.ts';
import type { BounceKey } from './bounce-view.ts';

/** Search and filters of the bounces. Reason and mailing come from links in the list. */
export function BounceFilters({
	view,
	rows,
}: {
	view: View<BounceKey>;
	/** What is listed now: it knows the names behind a reason and a mailing in the URL. */
	rows: readonly BounceSummary[];
}) {
	const { values, change } = view;
	return (
		<ListFilters
			view={view}
			searchLabel={__('Search bounces', 'return-channel')}
			set={filterKeys.map((key) => values[key])}
			onReset={() => change(noFilters)}
		>
			<ChoiceFilter
				view={view}
				name="fault"
				label={__('Cause', 'return-channel')}
				options={faults.map((value) => ({ value, label: faultLabel(value) }))}
			/>
			<ChoiceFilter
				view={view}
				name="trust"
				label={__('Trust', 'return-channel')}
				options={trusts.map((value) => ({ value, label: trustLabel(value) }))}
			/>
			<ChoiceFilter
				view={view}
				name="recognised"
				label={__('Recognised', 'return-channel')}
				options={[
					{ value: 'yes', label: __('Recognised', 'return-channel') },
					{ value: 'no', label: __('Not recognised', 'return-channel') },
				]}
			/>
			<DateFilters view={view} />
			<LinkFilter
				view={view}
				name="reason"
				label={__('Reason', 'return-channel')}
				inWords={rows.find(({ reason }) => reason === values.reason)?.reasonLabel}
			/>
			<LinkFilter
				view={view}
				name="mailing"
				label={__('Mailing', 'return-channel')}
				inWords={
					rows.find(({ mailingId }) => String(mailingId) === values.mailing)?.mailingName ??
					undefined
				}
			/>
		</ListFilters>
	);
}
