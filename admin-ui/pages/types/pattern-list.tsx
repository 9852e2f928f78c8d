import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { BouncePattern, CatalogueSettings } from '../../../service/contract/catalogue.ts';
import { CsvButtons } from '../../components/csv-buttons.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { ChoiceFilter, ListFilters } from '../../components/list-filters.tsx';
import { Empty } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { useCall } from '../../hooks/use-call.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { cleared, idIn } from '../../view-state.ts';
import { figure } from '../../words/figures.ts';
import { DeletePattern } from './delete-pattern.tsx';
import { patternColumns } from './pattern-columns.tsx';
import { PatternForm } from './pattern-form.tsx';
import { patternsAsked } from './types-view.ts';
import type { TypesKey } from './types-view.ts';

interface Props {
	settings: CatalogueSettings;
	view: View<TypesKey>;
	/** The types count their patterns. */
	onChanged: () => void;
}

/** The site's own patterns, in the order in which they are tried. */
export function PatternList({ settings, view, onChanged }: Props) {
	const { values, change } = view;
	const list = useCall('listPatterns', patternsAsked(values));
	const { data, reload } = list;
	const [leaving, setLeaving] = useState<BouncePattern>();
	const isFiltered = Boolean(values.s || values.type || values.problem);
	const changed = () => {
		reload();
		onChanged();
	};
	const open = (pattern: string) => change({ pattern, expression: '' });
	const edited = data?.rows.find(({ id }) => id === idIn(values.pattern));
	return (
		<section>
			<PatternHead onAdd={() => open('new')} onImported={changed} />
			{(isFiltered || (data && data.total > 0)) && (
				<PatternFilters settings={settings} view={view} />
			)}
			<ListBody
				list={list}
				view={view}
				fetching={__('Fetching the patterns…', 'return-channel')}
				nothing={<NoPattern isFiltered={isFiltered} onShowAll={() => change(noFilters)} />}
				count={patternCount}
			>
				{(rows) => (
					<Table
						caption={__('Patterns', 'return-channel')}
						columns={patternColumns(settings, ({ id }) => open(String(id)), setLeaving)}
						rows={rows}
						idOf={({ id }) => id}
						isLoading={list.isLoading}
					/>
				)}
			</ListBody>
			{(values.pattern === 'new' || edited) && theScreen().canManage && (
				<PatternForm
					key={values.pattern}
					pattern={edited}
					expression={values.expression}
					settings={settings}
					onSaved={changed}
					onClose={() => open('')}
				/>
			)}
			{leaving && (
				<DeletePattern
					pattern={leaving}
					onDeleted={changed}
					onClose={() => setLeaving(undefined)}
				/>
			)}
		</section>
	);
}

const noFilters = cleared(['s', 'type', 'problem', 'paged']);

function patternCount(total: number): string {
	return sprintf(
		/* translators: %s: number of patterns. */
		_n('%s pattern', '%s patterns', total, 'return-channel'),
		figure(total),
	);
}

function PatternHead({ onAdd, onImported }: { onAdd: () => void; onImported: () => void }) {
	return (
		<div className="rc-list-head">
			<p className="rc-intro">
				{__(
					'A pattern of your own decides the type of a bounce before anything else does. Of several that match, the one of the topmost type wins. Letters compare without case, and all white space of the mail is one space.',
					'return-channel',
				)}
			</p>
			{theScreen().canManage && (
				<div className="rc-buttons">
					<Button variant="secondary" size="compact" onClick={onAdd}>
						{__('Add a pattern', 'return-channel')}
					</Button>
					<CsvButtons things="patterns" onImported={onImported} />
				</div>
			)}
		</div>
	);
}

function PatternFilters({ settings, view }: { settings: CatalogueSettings; view: View<TypesKey> }) {
	const { values, change } = view;
	return (
		<ListFilters
			view={view}
			searchLabel={__('Search patterns', 'return-channel')}
			set={[values.type, values.problem]}
			onReset={() => change(noFilters)}
		>
			<ChoiceFilter
				view={view}
				name="type"
				label={__('Bounce type', 'return-channel')}
				options={settings.types.map(({ id, name }) => ({ value: `${id}`, label: name }))}
			/>
			<ChoiceFilter
				view={view}
				name="problem"
				label={__('State', 'return-channel')}
				options={[{ value: 'yes', label: __('Faulty ones', 'return-channel') }]}
			/>
		</ListFilters>
	);
}

function NoPattern({ isFiltered, onShowAll }: { isFiltered: boolean; onShowAll: () => void }) {
	if (isFiltered) {
		return (
			<Empty title={__('No pattern matches', 'return-channel')}>
				<Button variant="secondary" onClick={onShowAll}>
					{__('Show all patterns', 'return-channel')}
				</Button>
			</Empty>
		);
	}
	return (
		<Empty title={__('No patterns of your own', 'return-channel')}>
			<p>
				{__(
					'None are needed: bounces are understood without. Add one for words that only your recipients’ servers use, or import the patterns of a CiviCRM.',
					'return-channel',
				)}
			</p>
		</Empty>
	);
}
