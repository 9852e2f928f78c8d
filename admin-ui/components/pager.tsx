import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { rowsPerPage } from '../view-state.ts';
import { figure } from '../words/figures.ts';

interface Props {
	/** Counted from 1. */
	page: number;
	/** Rows in all. */
	total: number;
	/** How many there are, as words: "312 bounces". */
	count: string;
	onChange: (page: number) => void;
}

/** Turns the pages of a list. */
export function Pager({ page, total, count, onChange }: Props) {
	const pages = Math.max(1, Math.ceil(total / rowsPerPage));
	return (
		<nav className="rc-pager" aria-label={__('Pages of the list', 'return-channel')}>
			<span>{count}</span>
			{pages > 1 && (
				<>
					<Button
						variant="secondary"
						__next40pxDefaultSize
						disabled={page <= 1}
						accessibleWhenDisabled
						onClick={() => onChange(page - 1)}
					>
						{__('Previous page', 'return-channel')}
					</Button>
					<span aria-current="page">
						{sprintf(
							/* translators: 1: page number, 2: number of pages. */
							__('Page %1$s of %2$s', 'return-channel'),
							figure(page),
							figure(pages),
						)}
					</span>
					<Button
						variant="secondary"
						__next40pxDefaultSize
						disabled={page >= pages}
						accessibleWhenDisabled
						onClick={() => onChange(page + 1)}
					>
						{__('Next page', 'return-channel')}
					</Button>
				</>
			)}
		</nav>
	);
}
