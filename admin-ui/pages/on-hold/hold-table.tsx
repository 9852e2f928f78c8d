import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { AddressOnHold } from '../../../service/contract/address.ts';
import { HoldBadge, TypeBadge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import type { Column } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { useChosen } from '../../hooks/use-chosen.ts';
import { useView } from '../../hooks/use-view.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import type { HoldKey } from './hold-view.ts';
import { ReleaseBar, ReleaseQuestion } from './release.tsx';
import type { Chosen } from './release.tsx';

interface Props {
	rows: AddressOnHold[];
	/** Rows that match in all, not only on this page. */
	total: number;
	isLoading: boolean;
	view: View<HoldKey>;
	onChanged: () => void;
}

const panelKeys = ['address'] as const;
const none: Chosen = { ids: new Set(), isAll: false };

/** The addresses of one page of the list, with what releases one, several, or all that match. */
export function HoldTable({ rows, total, isLoading, view, onChanged }: Props) {
	const panel = useView(panelKeys);
	const { canManage } = theScreen();
	const [chosen, setChosen] = useChosen(none, view.values);
	const [asking, setAsking] = useState<Chosen>();
	const { orderby, order } = view.values;

	const columns = columnsOf(
		(address) => panel.change({ address: String(address.addressId) }),
		canManage
			? (address) => setAsking({ ids: new Set([address.addressId]), isAll: false })
			: undefined,
	);
	return (
		<>
			{canManage && (
				<ReleaseBar
					chosen={chosen}
					rows={rows}
					total={total}
					onChange={setChosen}
					onRelease={() => setAsking(chosen)}
				/>
			)}
			<Table
				caption={__('Addresses on hold', 'return-channel')}
				columns={columns}
				rows={rows}
				idOf={(address) => address.addressId}
				isLoading={isLoading}
				order={{
					by: orderby || 'heldSince',
					direction: order === 'asc' ? 'asc' : 'desc',
					onChange: (by, direction) => view.change({ orderby: by, order: direction, paged: '' }),
				}}
				selection={
					canManage
						? {
								chosen: chosen.ids,
								onChange: (ids) => setChosen({ ids, isAll: false }),
								labelOf: (address) => address.email,
								canChoose: (address) => address.hold !== 'opt-out',
							}
						: undefined
				}
			/>
			{asking && (
				<ReleaseQuestion
					chosen={asking}
					total={total}
					values={view.values}
					onReleased={() => {
						setChosen(none);
						onChanged();
					}}
					onClose={() => setAsking(undefined)}
				/>
			)}
		</>
	);
}

function columnsOf(
	onExplain: (address: AddressOnHold) => void,
	onRelease?: (address: AddressOnHold) => void,
): Column<AddressOnHold>[] {
	return [
		{
			header: __('Address', 'return-channel'),
			sortBy: 'email',
			render: (address) => (
				<>
					<Button variant="link" className="rc-name" onClick={() => onExplain(address)}>
						{address.email}
					</Button>
					<span className="rc-quiet">{address.contactName}</span>
				</>
			),
		},
		{
			header: __('Kind of hold', 'return-channel'),
			render: (address) => <HoldBadge hold={address.hold} />,
		},
		{
			header: __('Because', 'return-channel'),
			sortBy: 'type',
			render: (address) => (
				<>
					{address.type && <TypeBadge type={address.type} />}{' '}
					<span className="rc-because">{address.because}</span>
				</>
			),
		},
		{
			header: __('Since', 'return-channel'),
			sortBy: 'heldSince',
			render: (address) => <When at={address.heldSince} />,
		},
		{
			header: __('Actions', 'return-channel'),
			render: (address) => (
				<div className="rc-row-actions">
					<Button
						variant="secondary"
						size="compact"
						onClick={() => onExplain(address)}
						aria-label={explainLabel(address)}
					>
						{__('Explain', 'return-channel')}
					</Button>
					{onRelease && address.hold !== 'opt-out' && (
						<Button
							variant="secondary"
							size="compact"
							onClick={() => onRelease(address)}
							aria-label={releaseLabel(address)}
						>
							{__('Release', 'return-channel')}
						</Button>
					)}
				</div>
			),
		},
	];
}

/** The visible word first, then which address: speech control finds a button by what it shows. */
function explainLabel({ email }: AddressOnHold): string {
	return `${__('Explain', 'return-channel')} ${email}`;
}

function releaseLabel({ email }: AddressOnHold): string {
	return `${__('Release', 'return-channel')} ${email}`;
}
