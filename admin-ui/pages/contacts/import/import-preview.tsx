import { Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { ImportPreview } from '../../../../service/contract/contact.ts';
import { Badge } from '../../../components/badge.tsx';
import type { Tone } from '../../../components/badge.tsx';
import { Failing, Loading } from '../../../components/states.tsx';
import { Table } from '../../../components/table.tsx';
import type { Column } from '../../../components/table.tsx';
import type { Called } from '../../../hooks/use-call.ts';
import { becomingLabel } from '../../../words/imports.ts';
import type { Becoming } from '../../../words/imports.ts';
import { ImportCounts } from './import-counts.tsx';
import { ProblemList } from './problem-list.tsx';

type Row = ImportPreview['rows'][number];

/** What the file would become as things stand: counts of all lines, the first of them in full, and what is wrong. */
export function ImportPreviewSection({
	preview,
	isOld,
}: {
	preview: Called<'previewImport'>;
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
							<ImportCounts counts={data.counts} />
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
			header: __('Is', 'return-channel'),
			render: ({ becomes, sentence }) => (
				<>
					<Badge tone={toneOfBecoming[becomes]}>{becomingLabel(becomes)}</Badge>
					<span className="rc-because">{sentence}</span>
				</>
			),
		},
	];
}
