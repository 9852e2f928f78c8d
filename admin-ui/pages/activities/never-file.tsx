import { Button } from '@wordpress/components';
import { useCallback, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { NeverFileEntry } from '../../../service/contract/activity.ts';
import { FilterBar } from '../../components/filter-bar.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Failing, Skeleton } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import type { Column } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useChosen } from '../../hooks/use-chosen.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { pageIn, rowsPerPage } from '../../view-state.ts';
import { mailCount } from '../../words/activities.ts';
import { figure } from '../../words/figures.ts';
import type { ActivityKey } from './activities-view.ts';
import { NeverFileDeeds } from './never-file-deeds.tsx';
import { NeverFileForm } from './never-file-form.tsx';
import { useAfterDeeds } from './use-activity-deed.ts';

const noneChosen: ReadonlySet<number> = new Set();

/** Addresses and domains whose mail is never filed. */
export function NeverFile({ view }: { view: View<ActivityKey> }) {
	const { values, change } = view;
	const asked = {
		page: pageIn(values.paged),
		per_page: rowsPerPage,
		search: values.s || undefined,
	};
	const { data, error, isLoading, reload } = useCall('listNeverFile', asked);
	const [chosen, setChosen] = useChosen(noneChosen, asked);
	useAfterDeeds(reload);
	const [isAdding, setIsAdding] = useState(false);
	const search = useCallback((s: string) => change({ s, paged: '' }, 'replace'), [change]);
	const { canManage } = theScreen();
	const add = () => setIsAdding(true);
	const isEmpty = data?.total === 0 && values.s === '' && !error;
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
				<FilterBar
					searchLabel={__('Search the list', 'return-channel')}
					search={values.s}
					onSearch={search}
					onReset={() => change({ s: '', paged: '' })}
				/>
			)}
			{error && <Failing error={error} onRetry={reload} />}
			{!data && !error && <Skeleton sentence={__('Fetching the list…', 'return-channel')} />}
			{isEmpty && <NobodyYet onAdd={canManage ? add : undefined} />}
			{data?.total === 0 && values.s !== '' && !error && (
				<Empty title={__('Nothing on the list matches', 'return-channel')} />
			)}
			{data && data.total > 0 && !error && (
				<>
					{canManage && (
						<NeverFileDeeds
							entries={data.rows.filter(({ id }) => chosen.has(id))}
							onChanged={() => {
								setChosen(noneChosen);
								reload();
							}}
						/>
					)}
					<Table
						caption={__('Never filed', 'return-channel')}
						columns={columns()}
						rows={data.rows}
						idOf={({ id }) => id}
						isLoading={isLoading}
						selection={
							canManage
								? {
										chosen,
										onChange: setChosen,
										labelOf: ({ pattern }) => pattern,
										canChoose: () => true,
									}
								: undefined
						}
					/>
					<Pager
						page={asked.page}
						total={data.total}
						count={sprintf(
							/* translators: %s: number of addresses and domains on a list. */
							_n('%s entry', '%s entries', data.total, 'return-channel'),
							figure(data.total),
						)}
						onChange={(next) => change({ paged: String(next) })}
					/>
				</>
			)}
			{isAdding && <NeverFileForm onAdded={reload} onClose={() => setIsAdding(false)} />}
		</>
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
