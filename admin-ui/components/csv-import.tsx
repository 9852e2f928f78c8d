import { Button, Modal, Notice } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ImportReport } from '../../service/contract/catalogue.ts';
import { call } from '../api.ts';
import { useDeed } from '../hooks/use-deed.ts';
import type { CallError } from '../wire.ts';
import { TextAreaField, TickField } from './fields.tsx';
import { FileField } from './file-field.tsx';
import { useNotices } from './notice-board.tsx';

/** What can be carried over as CSV. */
export type CsvThings = 'types' | 'patterns';

interface Props {
	things: CsvThings;
	onImported: () => void;
	onClose: () => void;
}

/** Takes a CSV file, says what it would change or which lines are wrong, and only then imports it. */
export function CsvImport({ things, onImported, onClose }: Props) {
	const [csv, setCsv] = useState('');
	const [replace, setReplace] = useState(false);
	/** What the import would do with the file as it is now. */
	const [preview, setPreview] = useState<ImportReport>();
	const { isBusy, error, attempt, forget } = useDeed();
	const { post } = useNotices();

	function edit(change: { csv?: string; replace?: boolean }) {
		if (change.csv !== undefined) setCsv(change.csv);
		if (change.replace !== undefined) setReplace(change.replace);
		setPreview(undefined);
		forget();
	}

	async function go() {
		const asked = { csv, replace, dryRun: !preview };
		const report = await attempt(() =>
			things === 'types' ? call('importBounceTypes', asked) : call('importPatterns', asked),
		);
		if (!report) return;
		if (report.isDryRun) return setPreview(report);
		onClose();
		onImported();
		post({ status: 'success', sentence: report.sentence });
	}

	return (
		<Modal title={titleOf(things)} size="large" onRequestClose={onClose} className="rc-confirm">
			<div className="rc-dialog-form">
				<FileField
					label={__('Choose a CSV file', 'return-channel')}
					accept=".csv,.txt,text/csv,text/plain"
					onFile={(file) => void file.text().then((text) => edit({ csv: text }))}
				>
					<TextAreaField
						isCode
						rows={8}
						label={__('CSV (paste it, or drop a file here)', 'return-channel')}
						help={columnsOf(things)}
						value={csv}
						onChange={(text) => edit({ csv: text })}
					/>
				</FileField>
				<TickField
					label={__('Remove what the file does not have', 'return-channel')}
					value={replace}
					onChange={(value) => edit({ replace: value })}
				/>
				<Outcome preview={preview} error={error} />
				<div className="rc-buttons is-end">
					<Button variant="tertiary" __next40pxDefaultSize onClick={onClose}>
						{__('Cancel', 'return-channel')}
					</Button>
					<Button
						variant="primary"
						__next40pxDefaultSize
						isBusy={isBusy}
						disabled={isBusy || !csv.trim()}
						accessibleWhenDisabled
						onClick={() => void go()}
					>
						{preview ? __('Import it', 'return-channel') : __('Check the file', 'return-channel')}
					</Button>
				</div>
			</div>
		</Modal>
	);
}

function titleOf(things: CsvThings): string {
	return things === 'types'
		? __('Import bounce types', 'return-channel')
		: __('Import patterns', 'return-channel');
}

function columnsOf(things: CsvThings): string {
	return things === 'types'
		? __(
				'The first line names the columns: name, description, hold_threshold, and is_on if there is one.',
				'return-channel',
			)
		: __(
				'The first line names the columns: pattern, and bounce_type_id or type; reason if there is one. An export of CiviCRM’s patterns fits as it is.',
				'return-channel',
			);
}

function Outcome({
	preview,
	error,
}: {
	preview: ImportReport | undefined;
	error: CallError | undefined;
}) {
	const lines = Object.entries(error?.fields ?? {});
	return (
		<div role="status">
			{preview && (
				<Notice status="info" isDismissible={false}>
					{__('Nothing is saved yet.', 'return-channel')} {preview.sentence}
				</Notice>
			)}
			{error && (
				<Notice status="error" isDismissible={false}>
					<p>
						{__('Nothing was saved.', 'return-channel')} {lines.length < 2 && error.message}
					</p>
					{lines.length > 1 && (
						<ul className="rc-lines">
							{lines.map(([line, problem]) => (
								<li key={line}>
									<strong>{line}</strong>: {problem}
								</li>
							))}
						</ul>
					)}
				</Notice>
			)}
		</div>
	);
}
