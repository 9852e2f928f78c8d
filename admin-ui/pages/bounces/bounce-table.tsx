import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { BounceSummary } from '../../../service/contract/bounce.ts';
import { Badge, TrustBadge, TypeBadge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import type { Column, Selection } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { useView } from '../../hooks/use-view.ts';
import type { View } from '../../hooks/use-view.ts';
import type { BounceKey } from './bounce-view.ts';

const panelKeys = ['bounce'] as const;

/** The bounces of one page of the list; the address opens the bounce. */
export function BounceTable({
	rows,
	isLoading,
	view,
	selection,
}: {
	rows: BounceSummary[];
	isLoading: boolean;
	view: View<BounceKey>;
	selection: Selection<BounceSummary> | undefined;
}) {
	const panel = useView(panelKeys);
	const columns = columnsOf(
		(bounce) => panel.change({ bounce: String(bounce.id) }),
		(filters) => view.change({ ...filters, paged: '' }),
	);
	const { orderby, order } = view.values;
	return (
		<Table
			caption={__('Bounces', 'return-channel')}
			columns={columns}
			rows={rows}
			idOf={(bounce) => bounce.id}
			isLoading={isLoading}
			order={{
				by: orderby || 'recordedAt',
				direction: order === 'asc' ? 'asc' : 'desc',
				onChange: (by, direction) => view.change({ orderby: by, order: direction, paged: '' }),
			}}
			selection={selection}
		/>
	);
}

function columnsOf(
	onOpen: (bounce: BounceSummary) => void,
	onFilter: (filters: Partial<Record<BounceKey, string>>) => void,
): Column<BounceSummary>[] {
	return [
		{
			header: __('Address', 'return-channel'),
			sortBy: 'email',
			render: (bounce) => (
				<>
					<Button variant="link" className="rc-name" onClick={() => onOpen(bounce)}>
						{bounce.email || __('No address named', 'return-channel')}
					</Button>
					{bounce.contactName && <span className="rc-quiet">{bounce.contactName}</span>}
				</>
			),
		},
		{
			header: __('Type and reason', 'return-channel'),
			sortBy: 'type',
			render: (bounce) => (
				<>
					<TypeBadge type={bounce.type} />{' '}
					<Button
						variant="link"
						className="rc-plain-link"
						onClick={() => onFilter({ reason: bounce.reason })}
					>
						{bounce.reasonLabel}
					</Button>
					{bounce.status && <span className="rc-quiet">{bounce.status}</span>}
				</>
			),
		},
		{
			header: __('Trust', 'return-channel'),
			render: (bounce) => <TrustBadge trust={bounce.trust} />,
		},
		{
			header: __('What was done', 'return-channel'),
			render: (bounce) => <Deed bounce={bounce} />,
		},
		{
			header: __('Mailing', 'return-channel'),
			render: ({ mailingId, mailingName }) =>
				mailingId === null ? (
					<span className="rc-quiet">{__('None', 'return-channel')}</span>
				) : (
					<Button
						variant="link"
						className="rc-plain-link"
						onClick={() => onFilter({ mailing: String(mailingId) })}
					>
						{mailingName ?? String(mailingId)}
					</Button>
				),
		},
		{
			header: __('Read', 'return-channel'),
			sortBy: 'recordedAt',
			render: (bounce) => <When at={bounce.recordedAt} />,
		},
	];
}

function Deed({ bounce }: { bounce: BounceSummary }) {
	if (bounce.causedHold) {
		return <Badge tone="bad">{__('Put on hold', 'return-channel')}</Badge>;
	}
	return bounce.countsTowardHold
		? __('Counted', 'return-channel')
		: __('Recorded only', 'return-channel');
}
