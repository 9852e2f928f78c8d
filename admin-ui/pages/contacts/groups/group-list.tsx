import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Group } from '../../../../service/contract/contact.ts';
import { call } from '../../../api.ts';
import { Badge } from '../../../components/badge.tsx';
import { Confirm } from '../../../components/confirm.tsx';
import { Empty, Failing, Skeleton } from '../../../components/states.tsx';
import { Table } from '../../../components/table.tsx';
import type { Column } from '../../../components/table.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import { useDeedNotices } from '../../../hooks/use-deed-notices.ts';
import type { View } from '../../../hooks/use-view.ts';
import { theScreen } from '../../../screen.ts';
import { figure } from '../../../words/figures.ts';
import { toSection } from '../contacts-view.ts';
import type { ContactsKey } from '../contacts-view.ts';
import { GroupForm } from './group-form.tsx';

/** What is done with a group; `undefined` adds a new one. */
type Asking = { deed: 'edit'; group?: Group } | { deed: 'delete'; group: Group };

/** The groups of a site: what they are for and who is in them. */
export function GroupList({ view }: { view: View<ContactsKey> }) {
	const { data, error, isLoading, reload } = useCall('listGroups', {});
	const [asking, setAsking] = useState<Asking>();
	const { canManage } = theScreen();
	if (error) return <Failing error={error} onRetry={reload} />;
	if (!data) return <Skeleton sentence={__('Fetching the groups…', 'return-channel')} rows={4} />;
	const close = () => setAsking(undefined);
	return (
		<>
			<div className="rc-list-head">
				<p className="rc-intro">
					{__(
						'Groups gather contacts. Mailings go to groups that are mailing lists.',
						'return-channel',
					)}
				</p>
				{canManage && data.rows.length > 0 && (
					<Button
						variant="secondary"
						__next40pxDefaultSize
						onClick={() => setAsking({ deed: 'edit' })}
					>
						{__('Add a group', 'return-channel')}
					</Button>
				)}
			</div>
			{data.rows.length === 0 ? (
				<Empty title={__('No group yet', 'return-channel')}>
					<p>
						{__(
							'A group is a list of contacts by a name of your choice, such as “Newsletter” or “Board”. WordPress users of a role and imported contacts can join one by themselves.',
							'return-channel',
						)}
					</p>
					{canManage && (
						<Button
							variant="primary"
							__next40pxDefaultSize
							onClick={() => setAsking({ deed: 'edit' })}
						>
							{__('Add the first group', 'return-channel')}
						</Button>
					)}
				</Empty>
			) : (
				<Table
					caption={__('Groups', 'return-channel')}
					columns={columnsOf(view, canManage ? setAsking : undefined)}
					rows={data.rows}
					idOf={(group) => group.id}
					isLoading={isLoading}
				/>
			)}
			{asking?.deed === 'edit' && (
				<GroupForm group={asking.group} onSaved={reload} onClose={close} />
			)}
			{asking?.deed === 'delete' && (
				<DeleteGroup group={asking.group} onChanged={reload} onClose={close} />
			)}
		</>
	);
}

function columnsOf(
	view: View<ContactsKey>,
	onAsk: ((asking: Asking) => void) | undefined,
): Column<Group>[] {
	return [
		{
			header: __('Name', 'return-channel'),
			render: (group) => (
				<>
					<Button variant="link" className="rc-name" onClick={() => showMembers(view, group)}>
						{group.name}
					</Button>
					<span className="rc-quiet">{group.description}</span>
				</>
			),
		},
		{
			header: __('Used for', 'return-channel'),
			render: ({ isMailingList }) =>
				isMailingList ? <Badge tone="info">{__('Mailing list', 'return-channel')}</Badge> : '–',
		},
		{
			header: __('Members', 'return-channel'),
			render: ({ members }) => figure(members),
		},
		...(onAsk
			? [
					{
						header: __('Actions', 'return-channel'),
						render: (group: Group) => <Actions group={group} onAsk={onAsk} />,
					},
				]
			: []),
	];
}

function showMembers(view: View<ContactsKey>, { id }: Group) {
	view.change({ ...toSection('contacts'), group: String(id) });
}

function Actions({ group, onAsk }: { group: Group; onAsk: (asking: Asking) => void }) {
	return (
		<div className="rc-row-actions">
			<Button
				variant="secondary"
				size="compact"
				onClick={() => onAsk({ deed: 'edit', group })}
				aria-label={`${__('Edit', 'return-channel')} ${group.name}`}
			>
				{__('Edit', 'return-channel')}
			</Button>
			<Button
				variant="secondary"
				size="compact"
				isDestructive
				onClick={() => onAsk({ deed: 'delete', group })}
				aria-label={`${__('Delete', 'return-channel')} ${group.name}`}
			>
				{__('Delete', 'return-channel')}
			</Button>
		</div>
	);
}

function DeleteGroup({
	group,
	onChanged,
	onClose,
}: {
	group: Group;
	onChanged: () => void;
	onClose: () => void;
}) {
	const notices = useDeedNotices(onChanged);

	async function remove() {
		const report = await call('deleteGroup', { id: group.id });
		onClose();
		onChanged();
		notices.say(report);
	}

	return (
		<Confirm
			/* translators: %s: the name of a group. */
			title={sprintf(__('Delete the group “%s”?', 'return-channel'), group.name)}
			verb={__('Delete', 'return-channel')}
			isDestructive
			onConfirm={remove}
			onClose={onClose}
		>
			<p>
				{__(
					'Its members stay contacts and keep their other groups. You can undo this afterwards.',
					'return-channel',
				)}
			</p>
		</Confirm>
	);
}
