import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { ContactImport, ImportState } from '../../../../service/contract/contact.ts';
import { Badge } from '../../../components/badge.tsx';
import type { Tone } from '../../../components/badge.tsx';
import { Failing, Skeleton } from '../../../components/states.tsx';
import { Table } from '../../../components/table.tsx';
import type { Column } from '../../../components/table.tsx';
import { When } from '../../../components/when.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import { figure } from '../../../words/figures.ts';
import { importStateLabel } from '../../../words/imports.ts';

/** The imports there were, the newest first; one that still runs is found again here. */
export function ImportList({ onOpen }: { onOpen: (id: number) => void }) {
	const { data, error, isLoading, reload } = useCall('listImports', {});
	if (error) return <Failing error={error} onRetry={reload} />;
	if (!data) return <Skeleton sentence={__('Fetching the imports…', 'return-channel')} rows={3} />;
	if (data.rows.length === 0) return null;
	return (
		<>
			<h2 className="rc-below">{__('Imports so far', 'return-channel')}</h2>
			<Table
				caption={__('Imports so far', 'return-channel')}
				columns={columnsOf(onOpen)}
				rows={data.rows}
				idOf={(row) => row.id}
				isLoading={isLoading}
			/>
		</>
	);
}

const toneOfState: Record<ImportState, Tone> = {
	uploading: 'warning',
	ready: 'info',
	running: 'info',
	done: 'good',
	failed: 'bad',
	undone: 'plain',
};

function columnsOf(onOpen: (id: number) => void): Column<ContactImport>[] {
	return [
		{
			header: __('File', 'return-channel'),
			render: ({ id, fileName }) => (
				<Button variant="link" className="rc-name" onClick={() => onOpen(id)}>
					{fileName}
				</Button>
			),
		},
		{
			header: __('State', 'return-channel'),
			render: ({ state }) => <Badge tone={toneOfState[state]}>{importStateLabel(state)}</Badge>,
		},
		{
			header: __('Lines', 'return-channel'),
			render: ({ rows, state }) => (state === 'uploading' ? '–' : figure(rows)),
		},
		{
			header: __('What came of it', 'return-channel'),
			render: ({ sentence }) => sentence || '–',
		},
		{
			header: __('When', 'return-channel'),
			render: ({ createdAt, who }) => (
				<>
					<When at={createdAt} /> <span className="rc-quiet">{who}</span>
				</>
			),
		},
	];
}
