import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import type { ContactSummary, Group } from '../../../../service/contract/contact.ts';
import { ListBody } from '../../../components/list-body.tsx';
import { Table } from '../../../components/table.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import { useChosen } from '../../../hooks/use-chosen.ts';
import type { View } from '../../../hooks/use-view.ts';
import { theScreen } from '../../../screen.ts';
import { figure } from '../../../words/figures.ts';
import { contactsAsked } from '../contacts-view.ts';
import type { ContactsKey } from '../contacts-view.ts';
import { BulkBar } from './bulk-bar.tsx';
import { BulkDialog } from './bulk-dialog.tsx';
import { noneChosen } from './chosen.ts';
import type { BulkDeed } from './chosen.ts';
import { contactColumns } from './contact-columns.tsx';

interface Props {
	view: View<ContactsKey>;
	groups: Group[];
	/** The contacts are others, or stand otherwise, than before. */
	onChanged: () => void;
	/** Shown when there is nothing to list. */
	nothing: ReactNode;
}

/** The contacts that the URL asks for, with what can be done to one, several, or all that match. */
export function ContactResults({ view, groups, onChanged, nothing }: Props) {
	const list = useCall('listContacts', contactsAsked(view.values));
	return (
		<ListBody
			list={list}
			view={view}
			fetching={__('Fetching the contacts…', 'return-channel')}
			nothing={nothing}
			count={contactCount}
		>
			{(rows) => (
				<ContactTable
					rows={rows}
					total={list.data?.total ?? 0}
					isLoading={list.isLoading}
					view={view}
					groups={groups}
					onChanged={() => {
						list.reload();
						onChanged();
					}}
				/>
			)}
		</ListBody>
	);
}

function contactCount(total: number): string {
	return sprintf(
		/* translators: %s: number of contacts. */
		_n('%s contact', '%s contacts', total, 'return-channel'),
		figure(total),
	);
}

interface TableProps {
	rows: ContactSummary[];
	/** Contacts that match in all, not only on this page. */
	total: number;
	isLoading: boolean;
	view: View<ContactsKey>;
	groups: Group[];
	onChanged: () => void;
}

function ContactTable({ rows, total, isLoading, view, groups, onChanged }: TableProps) {
	const { values, change } = view;
	const { canManage } = theScreen();
	const [chosen, setChosen] = useChosen(noneChosen, contactsAsked(values));
	const [deed, setDeed] = useState<BulkDeed>();
	return (
		<>
			{canManage && (
				<BulkBar
					chosen={chosen}
					isTrash={values.trash === 'yes'}
					pageRows={rows.length}
					total={total}
					onChoose={setChosen}
					onApply={setDeed}
				/>
			)}
			<Table
				caption={__('Contacts', 'return-channel')}
				columns={contactColumns((contact) => change({ contact: String(contact.id) }))}
				rows={rows}
				idOf={(contact) => contact.id}
				isLoading={isLoading}
				order={{
					by: values.orderby || 'name',
					direction: values.order === 'desc' ? 'desc' : 'asc',
					onChange: (by, direction) => change({ orderby: by, order: direction, paged: '' }),
				}}
				selection={
					canManage
						? {
								chosen: chosen.ids,
								onChange: (ids) => setChosen({ ids, isAll: false }),
								labelOf: (contact) => contact.displayName,
								canChoose: () => true,
							}
						: undefined
				}
			/>
			{deed && (
				<BulkDialog
					deed={deed}
					chosen={chosen}
					total={total}
					values={values}
					groups={groups}
					onDone={() => {
						setChosen(noneChosen);
						onChanged();
					}}
					onClose={() => setDeed(undefined)}
				/>
			)}
		</>
	);
}
