import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { DoNotSendEntry } from '../../../service/contract/rule.ts';
import { Table } from '../../components/table.tsx';
import type { Column } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { useSelection } from '../../hooks/use-selection.ts';
import { figure } from '../../words/figures.ts';

interface Props {
	rows: DoNotSendEntry[];
	isLoading: boolean;
	/** What is on the screen: when it changes, nothing is ticked any more. */
	shown: unknown;
	onRemove: (entries: readonly DoNotSendEntry[]) => void;
}

/** One page of the do-not-send list, with what takes one address or several off it. */
export function DoNotSendTable({ rows, isLoading, shown, onRemove }: Props) {
	const { chosen, selection } = useSelection(rows, shown, ({ email }) => email);
	return (
		<>
			{selection && (
				<div className="rc-bulk">
					<Button
						variant={chosen.length > 0 ? 'primary' : 'secondary'}
						size="compact"
						disabled={chosen.length === 0}
						accessibleWhenDisabled
						onClick={() => onRemove(chosen)}
					>
						{__('Take selected off the list', 'return-channel')}
					</Button>
					<span role="status">{howMany(chosen.length)}</span>
				</div>
			)}
			<Table
				caption={__('Do-not-send list', 'return-channel')}
				columns={columnsOf(selection ? (entry) => onRemove([entry]) : undefined)}
				rows={rows}
				idOf={({ id }) => id}
				isLoading={isLoading}
				selection={selection}
			/>
		</>
	);
}

function howMany(chosen: number): string {
	if (chosen === 0) return __('No address is selected.', 'return-channel');
	return sprintf(
		/* translators: %s: number of addresses. */
		_n('%s address is selected.', '%s addresses are selected.', chosen, 'return-channel'),
		figure(chosen),
	);
}

function columnsOf(onRemove?: (entry: DoNotSendEntry) => void): Column<DoNotSendEntry>[] {
	const columns: Column<DoNotSendEntry>[] = [
		{
			header: __('Address', 'return-channel'),
			render: ({ email }) => <span className="rc-name">{email}</span>,
		},
		{
			header: __('Because', 'return-channel'),
			render: ({ because }) => <span className="rc-because">{because}</span>,
		},
		{
			header: __('Added by', 'return-channel'),
			render: ({ who }) => who,
		},
		{
			header: __('Since', 'return-channel'),
			render: ({ addedAt }) => <When at={addedAt} />,
		},
	];
	if (!onRemove) return columns;
	return [
		...columns,
		{
			header: __('Actions', 'return-channel'),
			render: (entry) => (
				<Button
					variant="secondary"
					size="compact"
					onClick={() => onRemove(entry)}
					aria-label={`${__('Take off the list', 'return-channel')} ${entry.email}`}
				>
					{__('Take off the list', 'return-channel')}
				</Button>
			),
		},
	];
}
