import type { ReactNode } from 'react';
import type { Page } from '../../service/contract/page.ts';
import type { View } from '../hooks/use-view.ts';
import { pageIn } from '../view-state.ts';
import type { CallError } from '../wire.ts';
import { Pager } from './pager.tsx';
import { Failing, Skeleton } from './states.tsx';

interface Props<Row> {
	/** What was asked of the service, and how it stands. */
	list: { data?: Page<Row>; error?: CallError; isLoading: boolean; reload: () => void };
	view: View<'paged'>;
	/** Said while the first rows are on their way. */
	fetching: string;
	/** Shown when there is nothing to list. */
	nothing: ReactNode;
	/** How many there are, as words: "312 bounces". */
	count: (total: number) => string;
	children: (rows: Row[]) => ReactNode;
}

/** A list on its way, failing, empty or full, with the way to its other pages. */
export function ListBody<Row>({ list, view, fetching, nothing, count, children }: Props<Row>) {
	const { data, error, isLoading, reload } = list;
	if (error) return <Failing error={error} onRetry={reload} />;
	// An empty list that is asked for anew may be empty no more.
	if (!data || (data.total === 0 && isLoading)) return <Skeleton sentence={fetching} />;
	if (data.total === 0) return nothing;
	return (
		<>
			{children(data.rows)}
			<Pager
				page={pageIn(view.values.paged)}
				total={data.total}
				count={count(data.total)}
				onChange={(next) => view.change({ paged: String(next) })}
			/>
		</>
	);
}
