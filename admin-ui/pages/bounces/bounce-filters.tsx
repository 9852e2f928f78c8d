import { useCallback } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { faults, trusts } from '../../../service/contract/bounce.ts';
import type { BounceSummary } from '../../../service/contract/bounce.ts';
import { ChoiceField, TextField } from '../../components/fields.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { SetByLink } from '../../components/set-by-link.tsx';
import type { View } from '../../hooks/use-view.ts';
import { faultLabel, trustLabel } from '../../words/bounces.ts';
import { filterKeys, noFilters } from './bounce-view.ts';
import type { BounceKey } from './bounce-view.ts';

/** Search and filters of the bounces, written into the URL. Reason and mailing come from links in the list. */
export function BounceFilters({
	view,
	rows,
}: {
	view: View<BounceKey>;
	/** What is listed now: it knows the names behind a reason and a mailing in the URL. */
	rows: readonly BounceSummary[];
}) {
	const { values, change } = view;
	const search = useCallback((s: string) => change({ s, paged: '' }, 'replace'), [change]);
	const set = (key: BounceKey) => (value: string) => change({ [key]: value, paged: '' });
	const reason = rows.find((row) => row.reason === values.reason)?.reasonLabel;
	const mailing = rows.find((row) => String(row.mailingId) === values.mailing)?.mailingName;
	const all = { value: '', label: __('All', 'return-channel') };
	return (
		<FilterBar
			searchLabel={__('Search bounces', 'return-channel')}
			search={values.s}
			onSearch={search}
			active={filterKeys.filter((key) => values[key]).length}
			onReset={() => change(noFilters)}
		>
			<ChoiceField
				label={__('Cause', 'return-channel')}
				value={values.fault}
				options={[all, ...faults.map((value) => ({ value, label: faultLabel(value) }))]}
				onChange={set('fault')}
			/>
			<ChoiceField
				label={__('Trust', 'return-channel')}
				value={values.trust}
				options={[all, ...trusts.map((value) => ({ value, label: trustLabel(value) }))]}
				onChange={set('trust')}
			/>
			<ChoiceField
				label={__('Recognised', 'return-channel')}
				value={values.recognised}
				options={[
					all,
					{ value: 'yes', label: __('Recognised', 'return-channel') },
					{ value: 'no', label: __('Not recognised', 'return-channel') },
				]}
				onChange={set('recognised')}
			/>
			<TextField
				type="date"
				label={__('From', 'return-channel')}
				value={values.from}
				onChange={set('from')}
			/>
			<TextField
				type="date"
				label={__('Until', 'return-channel')}
				value={values.until}
				onChange={set('until')}
			/>
			<SetByLink
				name={__('Reason', 'return-channel')}
				value={values.reason && (reason ?? values.reason)}
				onRemove={() => set('reason')('')}
			/>
			<SetByLink
				name={__('Mailing', 'return-channel')}
				value={values.mailing && (mailing ?? values.mailing)}
				onRemove={() => set('mailing')('')}
			/>
		</FilterBar>
	);
}
