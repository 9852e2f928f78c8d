import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { call } from '../api.ts';
import { CsvExport } from './csv-export.tsx';
import { CsvImport } from './csv-import.tsx';
import type { CsvThings } from './csv-import.tsx';

/** Saves a list as CSV, and opens the import. */
export function CsvButtons({ things, onImported }: { things: CsvThings; onImported: () => void }) {
	const [isImporting, setIsImporting] = useState(false);
	return (
		<>
			<Button variant="secondary" size="compact" onClick={() => setIsImporting(true)}>
				{__('Import CSV', 'return-channel')}
			</Button>
			<CsvExport
				ask={() =>
					things === 'types' ? call('exportBounceTypes', {}) : call('exportPatterns', {})
				}
			/>
			{isImporting && (
				<CsvImport things={things} onImported={onImported} onClose={() => setIsImporting(false)} />
			)}
		</>
	);
}
