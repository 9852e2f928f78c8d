import { Notice } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { ImportPreview } from '../../../../service/contract/contact.ts';
import { Badge } from '../../../components/badge.tsx';
import type { Tone } from '../../../components/badge.tsx';
import { Failing, Loading } from '../../../components/states.tsx';
import { Table } from '../../../components/table.tsx';
import type { Column } from '../../../components/table.tsx';
import type { Called } from '../../../hooks/use-call.ts';
import { figure } from '../../../words/figures.ts';
import { becomingLabel } from '../../../words/imports.ts';
import type { Becoming } from '../../../words/imports.ts';
import { ImportCounts } from './import-counts.tsx';
import { ProblemList } from './problem-list.tsx';

type Row = ImportPreview['rows'][number];

/** What the file would become as things stand: counts of its lines, of a long file the first ones; some of them in full, and
 *  what is wrong. */
export function ImportPreviewSection({
	preview,
	rows,
	isOld,
}: {
	preview: Called<'previewImport'>;
	/** How many lines the file has. */
	rows: number;
	/** A newer answer is on its way. */
	isOld: boolean;
}) {
	const { data, error, reload } = preview;
	return (
		<section className="rc-card rc-import-preview" aria-busy={isOld}>
			<h2>{__('What it would become', 'return-channel')}</h2>
			{error && <Failing error={error} onRetry={reload} />}
			{!data && !error && <Loading sentence={__('Reading the file…', 'return-channel')} />}
			{data && !error && (
				<>
					<div role="status">
						{data.problem ? (
							<Notice status="error" isDismissible={false}>
								{data.problem}
							</Notice>
						) : (
							<>
								<ImportCounts counts={data.counts} />
								{data.looked < rows && <Looked looked={data.looked} rows={rows} />}
							</>
						)}
					</div>
					<Table
						caption={__('The first lines of the file', 'return-channel')}
						columns={columnsOf()}
						rows={data.rows}
						idOf={(row) => row.line}
						isLoading={isOld}
					/>
					<ProblemList problems={data.problems} />
				</>
			)}
		</section>
	);
}

/** Says that not all of a long file was looked at. */
function Looked({ looked, rows }: { looked: number; rows: number }) {
	return (
		<p>
			{sprintf(
				/* translators: 1: number of lines that were looked at, 2: number of lines of the file. */
				__(
					'These are the first %1$s of %2$s lines. The others are looked at when they are imported.',
					'return-channel',
				),
				figure(looked),
				figure(rows),
			)}
		</p>
	);
}

const toneOfBecoming: Record<Becoming, Tone> = {
	added: 'good',
	changed: 'info',
	skipped: 'plain',
	failed: 'bad',
};

function columnsOf(): Column<Row>[] {
	return [
		{
			header: __('Contact', 'return-channel'),
			render: ({ displayName, email }) => (
				<>
					<strong>{displayName || '–'}</strong>
					<span className="rc-quiet">{email}</span>
				</>
			),
		},
		{
			header: __('Becomes', 'return-channel'),
			render: ({ becomes, sentence }) => (
				<>
					<Badge tone={toneOfBecoming[becomes]}>{becomingLabel(becomes)}</Badge>
					<span className="rc-because">{sentence}</span>
				</>
			),
		},
	];
}
