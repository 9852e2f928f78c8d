import { useCallback } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { OutcomeFacets } from '../../../service/contract/activity.ts';
import { mailKinds } from '../../../service/contract/bounce.ts';
import { ChoiceField, TextField } from '../../components/fields.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { SetByLink } from '../../components/set-by-link.tsx';
import type { View } from '../../hooks/use-view.ts';
import { kindLabel } from '../../words/outcomes.ts';
import { filterKeys, noFilters } from './outcomes-view.ts';
import type { OutcomeKey } from './outcomes-view.ts';

/** Search and filters of the mail log, written into the URL. The run comes from a link. */
export function OutcomeFilters({
	view,
	accounts,
}: {
	view: View<OutcomeKey>;
	accounts: OutcomeFacets['accounts'];
}) {
	const { values, change } = view;
	const search = useCallback((s: string) => change({ s, paged: '' }, 'replace'), [change]);
	const set = (key: OutcomeKey) => (value: string) => change({ [key]: value, paged: '' });
	const all = { value: '', label: __('All', 'return-channel') };
	return (
		<FilterBar
			searchLabel={__('Search the mail log', 'return-channel')}
			search={values.s}
			onSearch={search}
			active={filterKeys.filter((key) => values[key]).length}
			onReset={() => change(noFilters)}
		>
			<ChoiceField
				label={__('Mail account', 'return-channel')}
				value={values.account}
				options={[all, ...accounts.map(({ id, name }) => ({ value: String(id), label: name }))]}
				onChange={set('account')}
			/>
			<ChoiceField
				label={__('Kind of mail', 'return-channel')}
				value={values.kind}
				options={[all, ...mailKinds.map((value) => ({ value, label: kindLabel(value) }))]}
				onChange={set('kind')}
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
				name={__('Run', 'return-channel')}
				/* translators: %s: number of a run of a job. */
				value={values.run && sprintf(__('Run %s', 'return-channel'), values.run)}
				onRemove={() => set('run')('')}
			/>
		</FilterBar>
	);
}
