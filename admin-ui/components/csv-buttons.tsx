import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { call } from '../api.ts';
import { download } from '../files.ts';
import { useDeed } from '../hooks/use-deed.ts';
import { CsvImport } from './csv-import.tsx';

/** What can be carried over as CSV. */
export type CsvThings = 'types' | 'patterns';

/** Saves a list as CSV, and opens the import. */
export function CsvButtons({ things, onImported }: { things: CsvThings; onImported: () => void }) {
	const [isImporting, setIsImporting] = useState(false);
	const { isBusy, error, attempt } = useDeed();

	async function save() {
		const file = await attempt(() =>
			things === 'types' ? call('exportBounceTypes', {}) : call('exportPatterns', {}),
		);
		if (file) download(file.fileName, 'text/csv', file.csv);
	}

	return (
		<>
			<Button variant="secondary" size="compact" onClick={() => setIsImporting(true)}>
				{__('Import CSV', 'return-channel')}
			</Button>
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
			{isImporting && (
				<CsvImport things={things} onImported={onImported} onClose={() => setIsImporting(false)} />
			)}
		</>
	);
}
