import { __, sprintf } from '@wordpress/i18n';
import type { OutcomeFacets } from '../../../service/contract/activity.ts';
import { mailKinds } from '../../../service/contract/bounce.ts';
import {
	ChoiceFilter,
	DateFilters,
	LinkFilter,
	ListFilters,
} from '../../components/list-filters.tsx';
import type { View } from '../../hooks/use-view.ts';
import { kindLabel } from '../../words/outcomes.ts';
import { filterKeys, noFilters } from './outcomes-view.ts';
import type { OutcomeKey } from './outcomes-view.ts';

/** Search and filters of the mail log. The run comes from a link. */
export function OutcomeFilters({
	view,
	accounts,
}: {
	view: View<OutcomeKey>;
	accounts: OutcomeFacets['accounts'];
}) {
	const { values, change } = view;
	return (
		<ListFilters
			view={view}
			searchLabel={__('Search the mail log', 'return-channel')}
			set={filterKeys.map((key) => values[key])}
			onReset={() => change(noFilters)}
		>
			<ChoiceFilter
				view={view}
				name="account"
				label={__('Mail account', 'return-channel')}
				options={accounts.map(({ id, name }) => ({ value: String(id), label: name }))}
			/>
			<ChoiceFilter
				view={view}
				name="kind"
				label={__('Kind of mail', 'return-channel')}
				options={mailKinds.map((value) => ({ value, label: kindLabel(value) }))}
			/>
			<DateFilters view={view} />
			<LinkFilter
				view={view}
				name="run"
				label={__('Run', 'return-channel')}
				/* translators: %s: number of a run of a job. */
				inWords={sprintf(__('Run %s', 'return-channel'), values.run)}
			/>
		</ListFilters>
	);
}
