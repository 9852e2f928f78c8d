import type { Selection } from '../components/table.tsx';
import { theScreen } from '../screen.ts';
import { useChosen } from './use-chosen.ts';

const none: ReadonlySet<number> = new Set();

export interface Selected<Row> {
	/** The rows that are ticked. */
	chosen: Row[];
	chooseNone: () => void;
	/** What the table needs for its ticks; undefined for those who may not manage: they have nothing to do with chosen rows. */
	selection: Selection<Row> | undefined;
}

/** The rows of one page of a list that are ticked for what is done with them. `shown` is what the page shows; when it
 *  changes, nothing is ticked any more. */
export function useSelection<Row extends { id: number }>(
	rows: readonly Row[],
	shown: unknown,
	labelOf: (row: Row) => string,
	canChoose: (row: Row) => boolean = () => true,
): Selected<Row> {
	const [chosen, onChange] = useChosen(none, shown);
	return {
		chosen: rows.filter(({ id }) => chosen.has(id)),
		chooseNone: () => onChange(none),
		selection: theScreen().canManage ? { chosen, onChange, labelOf, canChoose } : undefined,
	};
}
