import { Button } from '@wordpress/components';
import { useCallback, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { DoNotSendEntry } from '../../../service/contract/rule.ts';
import { call } from '../../api.ts';
import { CsvExport } from '../../components/csv-export.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Failing, Skeleton } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useView } from '../../hooks/use-view.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { pageIn } from '../../view-state.ts';
import { figure } from '../../words/figures.ts';
import { AddDoNotSend } from './add-do-not-send.tsx';
import { DoNotSendTable } from './do-not-send-table.tsx';
import { doNotSendAsked, doNotSendKeys } from './do-not-send-view.ts';
import type { DoNotSendKey } from './do-not-send-view.ts';
import { RemoveDoNotSend } from './remove-do-not-send.tsx';

/** Addresses that get no mail, whoever has them. */
export function DoNotSendList() {
	const view = useView(doNotSendKeys);
	const { data, error, isLoading, reload } = useCall('listDoNotSend', doNotSendAsked(view.values));
	const [isAdding, setIsAdding] = useState(false);
	const [leaving, setLeaving] = useState<readonly DoNotSendEntry[]>([]);
	const isSearching = view.values.s !== '';
	// After the first address was added the empty list is no longer true.
	const isComing = !data || (data.total === 0 && isLoading);
	return (
		<section aria-label={__('Do-not-send list', 'return-channel')}>
			<Head canExport={Boolean(data && data.total > 0)} onAdd={() => setIsAdding(true)} />
			{(isSearching || !data || data.total > 0) && <Search view={view} />}
			{error && <Failing error={error} onRetry={reload} />}
			{isComing && !error && (
				<Skeleton sentence={__('Fetching the do-not-send list…', 'return-channel')} />
			)}
			{data?.total === 0 && !isComing && !error && <Nobody isSearching={isSearching} view={view} />}
			{data && data.total > 0 && !error && (
				<>
					<DoNotSendTable
						rows={data.rows}
						isLoading={isLoading}
						shown={view.values}
						onRemove={setLeaving}
					/>
					<Pager
						page={pageIn(view.values.paged)}
						total={data.total}
						count={sprintf(
							/* translators: %s: number of addresses. */
							_n('%s address', '%s addresses', data.total, 'return-channel'),
							figure(data.total),
						)}
						onChange={(next) => view.change({ paged: String(next) })}
					/>
				</>
			)}
			{isAdding && <AddDoNotSend onAdded={reload} onClose={() => setIsAdding(false)} />}
			{leaving.length > 0 && (
				<RemoveDoNotSend entries={leaving} onChanged={reload} onClose={() => setLeaving([])} />
			)}
		</section>
	);
}

function Head({ canExport, onAdd }: { canExport: boolean; onAdd: () => void }) {
	return (
		<div className="rc-list-head">
			<p className="rc-intro">
				{__(
					'An address on this list gets no mail, whoever has it, also after its contact is deleted. Rules put addresses here, and so can you.',
					'return-channel',
				)}
			</p>
			{theScreen().canManage && (
				<div className="rc-buttons">
					<Button variant="secondary" size="compact" onClick={onAdd}>
						{__('Add addresses', 'return-channel')}
					</Button>
					{canExport && <CsvExport ask={() => call('exportDoNotSend', {})} />}
				</div>
			)}
		</div>
	);
}

function Search({ view: { values, change } }: { view: View<DoNotSendKey> }) {
	const search = useCallback((s: string) => change({ s, paged: '' }, 'replace'), [change]);
	return (
		<FilterBar
			searchLabel={__('Search the do-not-send list', 'return-channel')}
			search={values.s}
			onSearch={search}
			active={0}
			onReset={() => change({ s: '', paged: '' })}
		/>
	);
}

function Nobody({ isSearching, view }: { isSearching: boolean; view: View<DoNotSendKey> }) {
	if (isSearching) {
		return (
			<Empty title={__('No address matches', 'return-channel')}>
				<Button variant="secondary" onClick={() => view.change({ s: '', paged: '' })}>
					{__('Show the whole list', 'return-channel')}
				</Button>
			</Empty>
		);
	}
	return (
		<Empty title={__('Nobody is on the do-not-send list', 'return-channel')}>
			<p>
				{__(
					'Add addresses that must never get mail from this site: of people who asked for it, or of traps.',
					'return-channel',
				)}
			</p>
		</Empty>
	);
}
