import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { CsvFile } from '../../service/contract/catalogue.ts';
import { download } from '../files.ts';
import { useDeed } from '../hooks/use-deed.ts';

/** The button that saves a list as CSV, with what went wrong beside it. */
export function CsvExport({ ask }: { ask: () => Promise<CsvFile> }) {
	const { isBusy, error, attempt } = useDeed();

	async function save() {
		const file = await attempt(ask);
		if (file) download(file.fileName, 'text/csv', file.csv);
	}

	return (
		<>
			<Button
				variant="secondary"
				size="compact"
				isBusy={isBusy}
				disabled={isBusy}
				accessibleWhenDisabled
				onClick={() => void save()}
			>
				{__('Export as CSV', 'return-channel')}
			</Button>
			{error && (
				<span className="rc-problem" role="alert">
					{error.message}
				</span>
			)}
		</>
	);
}
