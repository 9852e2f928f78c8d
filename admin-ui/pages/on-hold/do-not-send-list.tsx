import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { DoNotSendEntry } from '../../../service/contract/rule.ts';
import { call } from '../../api.ts';
import { CsvExport } from '../../components/csv-export.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { ListFilters } from '../../components/list-filters.tsx';
import { Empty } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useView } from '../../hooks/use-view.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { cleared } from '../../view-state.ts';
import { addressCount } from '../../words/holds.ts';
import { AddDoNotSend } from './add-do-not-send.tsx';
import { DoNotSendTable } from './do-not-send-table.tsx';
import { doNotSendAsked, doNotSendKeys } from './do-not-send-view.ts';
import type { DoNotSendKey } from './do-not-send-view.ts';
import { RemoveDoNotSend } from './remove-do-not-send.tsx';

/** Addresses that get no mail, whoever has them. */
export function DoNotSendList() {
	const view = useView(doNotSendKeys);
	const list = useCall('listDoNotSend', doNotSendAsked(view.values));
	const { data, isLoading, reload } = list;
	const [isAdding, setIsAdding] = useState(false);
	const [leaving, setLeaving] = useState<readonly DoNotSendEntry[]>([]);
	const isSearching = view.values.s !== '';
	return (
		<section aria-label={__('Do-not-send list', 'return-channel')}>
			<Head canExport={Boolean(data && data.total > 0)} onAdd={() => setIsAdding(true)} />
			{(isSearching || isLoading || !data || data.total > 0) && (
				<ListFilters
					view={view}
					searchLabel={__('Search the do-not-send list', 'return-channel')}
					onReset={() => view.change(wholeList)}
				/>
			)}
			<ListBody
				list={list}
				view={view}
				fetching={__('Fetching the do-not-send list…', 'return-channel')}
				nothing={<Nobody isSearching={isSearching} view={view} />}
				count={addressCount}
			>
				{(rows) => (
					<DoNotSendTable
						rows={rows}
						isLoading={isLoading}
						shown={view.values}
						onRemove={setLeaving}
					/>
				)}
			</ListBody>
			{isAdding && <AddDoNotSend onAdded={reload} onClose={() => setIsAdding(false)} />}
			{leaving.length > 0 && (
				<RemoveDoNotSend entries={leaving} onChanged={reload} onClose={() => setLeaving([])} />
			)}
		</section>
	);
}

const wholeList = cleared(['s', 'paged']);

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

function Nobody({ isSearching, view }: { isSearching: boolean; view: View<DoNotSendKey> }) {
	if (isSearching) {
		return (
			<Empty title={__('No address matches', 'return-channel')}>
				<Button variant="secondary" onClick={() => view.change(wholeList)}>
					{__('Show the whole list', 'return-channel')}
				</Button>
			</Empty>
		);
	}
	return (
		<Empty title={__('Nobody is on the do-not-send list', 'return-channel')}>
			<p>
				{__(
					'Add addresses that must never get mail from this site: of people who asked for it, and spam traps.',
					'return-channel',
				)}
			</p>
		</Empty>
	);
}
