import { __, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';

export interface Column<Row> {
	header: string;
	render: (row: Row) => ReactNode;
	/** The service's name for this order; a column without one can't be sorted. */
	sortBy?: string;
}

export interface Ordering {
	by: string;
	direction: 'asc' | 'desc';
	onChange: (by: string, direction: 'asc' | 'desc') => void;
}

export interface Selection<Row> {
	chosen: ReadonlySet<number>;
	onChange: (chosen: ReadonlySet<number>) => void;
	/** Names the row for those who can't see it. */
	labelOf: (row: Row) => string;
	canChoose: (row: Row) => boolean;
}

interface Props<Row> {
	/** What the table lists, for those who can't see it. */
	caption: string;
	/** The first one names the row. */
	columns: Column<Row>[];
	rows: Row[];
	idOf: (row: Row) => number;
	isLoading: boolean;
	order?: Ordering;
	selection?: Selection<Row>;
}

/** WordPress's list table; below 783 pixels every row becomes a card. The roles are written out because a table that CSS
 *  turns into blocks is no table any more for assistive technology. */
export function Table<Row>(props: Props<Row>) {
	const { caption, columns, rows, idOf, isLoading, order, selection } = props;
	return (
		<table
			role="table"
			className={`rc-table widefat striped ${isLoading ? 'is-loading' : ''}`}
			aria-busy={isLoading}
		>
			<caption className="screen-reader-text">{caption}</caption>
			<thead role="rowgroup">
				<tr role="row">
					{selection && <ChooseAll rows={rows} idOf={idOf} selection={selection} />}
					{columns.map((column) => (
						<Header key={column.header} column={column} order={order} />
					))}
				</tr>
			</thead>
			<tbody role="rowgroup">
				{rows.map((row) => (
					<tr role="row" key={idOf(row)}>
						{selection && <ChooseOne row={row} id={idOf(row)} selection={selection} />}
						{columns.map((column, index) =>
							index === 0 ? (
								<th role="rowheader" scope="row" key={column.header}>
									{column.render(row)}
								</th>
							) : (
								<td role="cell" key={column.header}>
									<span className="rc-table-label" aria-hidden>
										{column.header}
									</span>
									<div>{column.render(row)}</div>
								</td>
							),
						)}
					</tr>
				))}
			</tbody>
		</table>
	);
}

function Header<Row>({ column, order }: { column: Column<Row>; order?: Ordering }) {
	const { header, sortBy } = column;
	if (!order || !sortBy) {
		return (
			<th role="columnheader" scope="col">
				{header}
			</th>
		);
	}
	const direction = order.by === sortBy ? order.direction : undefined;
	return (
		<th
			role="columnheader"
			scope="col"
			className="is-sortable"
			aria-sort={direction && (direction === 'asc' ? 'ascending' : 'descending')}
		>
			<button
				type="button"
				onClick={() => order.onChange(sortBy, direction === 'asc' ? 'desc' : 'asc')}
			>
				{header}
				<span aria-hidden className="rc-sort">
					{direction ? (direction === 'asc' ? '▲' : '▼') : '↕'}
				</span>
			</button>
		</th>
	);
}

function ChooseAll<Row>({
	rows,
	idOf,
	selection,
}: {
	rows: Row[];
	idOf: (row: Row) => number;
	selection: Selection<Row>;
}) {
	const ids = rows.filter(selection.canChoose).map(idOf);
	const areAllChosen = ids.length > 0 && ids.every((id) => selection.chosen.has(id));
	return (
		<td role="columnheader" className="rc-choose">
			<label>
				<input
					type="checkbox"
					checked={areAllChosen}
					disabled={ids.length === 0}
					onChange={() => selection.onChange(new Set(areAllChosen ? [] : ids))}
				/>
				<span className="rc-choose-all">{__('Select this page', 'return-channel')}</span>
			</label>
		</td>
	);
}

function ChooseOne<Row>({
	row,
	id,
	selection,
}: {
	row: Row;
	id: number;
	selection: Selection<Row>;
}) {
	const { chosen, onChange, labelOf, canChoose } = selection;
	function toggle() {
		const next = new Set(chosen);
		if (!next.delete(id)) next.add(id);
		onChange(next);
	}
	return (
		<td role="cell" className="rc-choose">
			<input
				type="checkbox"
				checked={chosen.has(id)}
				disabled={!canChoose(row)}
				onChange={toggle}
				/* translators: %s: an e-mail address. */
				aria-label={sprintf(__('Select %s', 'return-channel'), labelOf(row))}
			/>
		</td>
	);
}
