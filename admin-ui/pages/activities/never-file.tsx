import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { NeverFileEntry } from '../../../service/contract/activity.ts';
import { ListBody } from '../../components/list-body.tsx';
import { ListFilters } from '../../components/list-filters.tsx';
import { Empty } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import type { Column } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useSelection } from '../../hooks/use-selection.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { pageIn, rowsPerPage } from '../../view-state.ts';
import { mailCount } from '../../words/activities.ts';
import { figure } from '../../words/figures.ts';
import type { ActivityKey } from './activities-view.ts';
import { NeverFileDeeds } from './never-file-deeds.tsx';
import { NeverFileForm } from './never-file-form.tsx';
import { useAfterDeeds } from './use-activity-deed.ts';

/** Addresses and domains whose mail is never filed. */
export function NeverFile({ view }: { view: View<ActivityKey> }) {
	const { values, change } = view;
	const asked = {
		page: pageIn(values.paged),
		per_page: rowsPerPage,
		search: values.s || undefined,
	};
	const list = useCall('listNeverFile', asked);
	const { data, error, isLoading, reload } = list;
	useAfterDeeds(reload);
	const [isAdding, setIsAdding] = useState(false);
	const { canManage } = theScreen();
	const add = () => setIsAdding(true);
	const isEmpty = data?.total === 0 && values.s === '' && !isLoading && !error;
	return (
		<>
			<div className="rc-list-head">
				<p className="rc-intro">
					{__(
						'Mail in which one of these addresses stands is not filed, whichever account it comes to: newsletters, machines, people who asked not to be kept.',
						'return-channel',
					)}
				</p>
				{canManage && !isEmpty && (
					<Button variant="secondary" __next40pxDefaultSize onClick={add}>
						{__('Add addresses or domains', 'return-channel')}
					</Button>
				)}
			</div>
			{!isEmpty && (
				<ListFilters
					view={view}
					searchLabel={__('Search the list', 'return-channel')}
					onReset={() => change({ s: '', paged: '' })}
				/>
			)}
			<ListBody
				list={list}
				view={view}
				fetching={__('Fetching the list…', 'return-channel')}
				nothing={
					values.s === '' ? (
						<NobodyYet onAdd={canManage ? add : undefined} />
					) : (
						<Empty title={__('Nothing on the list matches', 'return-channel')} />
					)
				}
				count={entryCount}
			>
				{(rows) => <Entries rows={rows} isLoading={isLoading} shown={asked} onChanged={reload} />}
			</ListBody>
			{isAdding && <NeverFileForm onAdded={reload} onClose={() => setIsAdding(false)} />}
		</>
	);
}

/** The entries of one page, and what can be done with those that are ticked. */
function Entries({
	rows,
	isLoading,
	shown,
	onChanged,
}: {
	rows: NeverFileEntry[];
	isLoading: boolean;
	shown: unknown;
	onChanged: () => void;
}) {
	const { chosen, chooseNone, selection } = useSelection(rows, shown, ({ pattern }) => pattern);
	return (
		<>
			{selection && (
				<NeverFileDeeds
					entries={chosen}
					onChanged={() => {
						chooseNone();
						onChanged();
					}}
				/>
			)}
			<Table
				caption={__('Never filed', 'return-channel')}
				columns={columns()}
				rows={rows}
				idOf={({ id }) => id}
				isLoading={isLoading}
				selection={selection}
			/>
		</>
	);
}

function entryCount(total: number): string {
	return sprintf(
		/* translators: %s: number of addresses and domains on a list. */
		_n('%s entry', '%s entries', total, 'return-channel'),
		figure(total),
	);
}

function columns(): Column<NeverFileEntry>[] {
	return [
		{
			header: __('Address or domain', 'return-channel'),
			render: ({ pattern, note }) => (
				<>
					<span className="rc-name">{pattern}</span>
					{note && <span className="rc-quiet">{note}</span>}
				</>
			),
		},
		{
			header: __('Filed already', 'return-channel'),
			render: ({ filedAlready }) =>
				filedAlready > 0 ? (
					mailCount(filedAlready)
				) : (
					<span className="rc-quiet">{__('None', 'return-channel')}</span>
				),
		},
		{
			header: __('Added', 'return-channel'),
			render: ({ who, addedAt }) => (
				<>
					<When at={addedAt} />
					<span className="rc-quiet">{who}</span>
				</>
			),
		},
	];
}

function NobodyYet({ onAdd }: { onAdd?: () => void }) {
	return (
		<Empty title={__('Everybody’s mail is filed', 'return-channel')}>
			<p>
				{__(
					'Add an address (news@example.org) or a domain (example.org, with all below it) whose mail shall not be filed.',
					'return-channel',
				)}
			</p>
			{onAdd && (
				<Button variant="primary" __next40pxDefaultSize onClick={onAdd}>
					{__('Add addresses or domains', 'return-channel')}
				</Button>
			)}
		</Empty>
	);
}
