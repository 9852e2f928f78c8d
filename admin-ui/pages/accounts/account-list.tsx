import { useEffect } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { ListedAccount } from '../../../service/contract/account.ts';
import { Count, Counts } from '../../components/counts.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty } from '../../components/states.tsx';
import type { View } from '../../hooks/use-view.ts';
import { oneOf, pageIn, rowsPerPage } from '../../view-state.ts';
import { figure } from '../../words/figures.ts';
import { accountStates, accountsToShow, stateLabel, stateOf } from './account-state.ts';
import { AccountTable } from './account-table.tsx';
import type { AccountsKey } from './accounts-view.ts';

interface Props {
	accounts: ListedAccount[];
	isLoading: boolean;
	view: View<AccountsKey>;
	onChanged: () => void;
}

/** So many are seen at once without a search. */
const few = 6;
const pollMs = { whileReading: 3_000, otherwise: 60_000 };

/** All accounts; many can be searched and narrowed to a state. While one is being read, the list follows. */
export function AccountList({ accounts, isLoading, view, onChanged }: Props) {
	const { values, change } = view;
	const state = oneOf(accountStates, values.state);
	const shown = accountsToShow(accounts, { search: values.s, state });
	const page = Math.min(pageIn(values.paged), Math.max(1, Math.ceil(shown.length / rowsPerPage)));
	const isReading = accounts.some(({ isBeingRead }) => isBeingRead);

	useEffect(() => {
		const wait = isReading ? pollMs.whileReading : pollMs.otherwise;
		const timer = setTimeout(onChanged, wait);
		return () => clearTimeout(timer);
	}, [accounts, isReading, onChanged]);

	return (
		<>
			{(accounts.length > few || values.s !== '' || state) && (
				<>
					<FilterBar
						searchLabel={__('Search mail accounts', 'return-channel')}
						search={values.s}
						onSearch={(s) => change({ s, paged: '' }, 'replace')}
						onReset={() => change({ s: '', state: '', paged: '' })}
						active={state ? 1 : 0}
					/>
					<StateCounts
						accounts={accounts}
						shown={state ?? ''}
						onShow={(next) => change({ state: next, paged: '' })}
					/>
				</>
			)}
			{shown.length === 0 ? (
				<Empty title={__('No mail account is like that', 'return-channel')} />
			) : (
				<AccountTable
					rows={shown.slice((page - 1) * rowsPerPage, page * rowsPerPage)}
					isLoading={isLoading && !isReading}
					onOpen={(id) => change({ account: String(id) })}
					onChanged={onChanged}
				/>
			)}
			{shown.length > rowsPerPage && (
				<Pager
					page={page}
					total={shown.length}
					count={sprintf(
						/* translators: %s: number of mail accounts. */
						_n('%s account', '%s accounts', shown.length, 'return-channel'),
						figure(shown.length),
					)}
					onChange={(next) => change({ paged: String(next) })}
				/>
			)}
		</>
	);
}

interface CountsProps {
	accounts: ListedAccount[];
	/** The state that the list is narrowed to; "" for none. */
	shown: string;
	onShow: (state: string) => void;
}

function StateCounts({ accounts, shown, onShow }: CountsProps) {
	const states = accounts.map(stateOf);
	const present = accountStates.filter((state) => state === shown || states.includes(state));
	return (
		<Counts label={__('Mail accounts by state', 'return-channel')}>
			{present.map((state) => (
				<Count
					key={state}
					label={stateLabel(state)}
					count={states.filter((one) => one === state).length}
					isPressed={state === shown}
					onPress={() => onShow(state === shown ? '' : state)}
				/>
			))}
		</Counts>
	);
}
