import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ContactRecord, GroupRef } from '../../../../service/contract/contact.ts';
import { call } from '../../../api.ts';
import { ChoiceField } from '../../../components/fields.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import { useDeed } from '../../../hooks/use-deed.ts';
import { useDeedNotices } from '../../../hooks/use-deed-notices.ts';
import type { View } from '../../../hooks/use-view.ts';
import { theScreen } from '../../../screen.ts';
import { idIn } from '../../../view-state.ts';
import { toSection } from '../contacts-view.ts';
import type { ContactsKey } from '../contacts-view.ts';

interface Props {
	contact: ContactRecord;
	view: View<ContactsKey>;
	onChanged: () => void;
}

/** The groups that a contact is in; joining and leaving take one press each and can be undone. */
export function RecordGroups({ contact, view, onChanged }: Props) {
	const notices = useDeedNotices(onChanged);
	const { isBusy, error, attempt } = useDeed();
	const canChange = theScreen().canManage && !contact.deletedAt && contact.mergedInto === null;

	async function change(name: 'addToGroup' | 'removeFromGroup', id: number) {
		const report = await attempt(() => call(name, { id, who: { ids: [contact.id] } }));
		if (!report) return;
		onChanged();
		notices.say(report);
	}

	return (
		<section className="rc-card">
			<h3>{__('Groups', 'return-channel')}</h3>
			{contact.groups.length === 0 ? (
				<p>{__('In no group.', 'return-channel')}</p>
			) : (
				<ul className="rc-groups">
					{contact.groups.map((group) => (
						<li key={group.id}>
							<Button
								variant="link"
								onClick={() => view.change({ ...toSection('contacts'), group: String(group.id) })}
							>
								{group.name}
							</Button>
							{canChange && (
								<Button
									size="small"
									disabled={isBusy}
									accessibleWhenDisabled
									onClick={() => void change('removeFromGroup', group.id)}
									/* translators: %s: the name of a group. */
									label={sprintf(__('Remove from %s', 'return-channel'), group.name)}
								>
									<span aria-hidden>✕</span>
								</Button>
							)}
						</li>
					))}
				</ul>
			)}
			{canChange && (
				<JoinGroup
					isIn={contact.groups}
					isBusy={isBusy}
					onJoin={(id) => void change('addToGroup', id)}
				/>
			)}
			{error && (
				<p className="rc-problem" role="alert">
					{error.message}
				</p>
			)}
		</section>
	);
}

function JoinGroup({
	isIn,
	isBusy,
	onJoin,
}: {
	isIn: GroupRef[];
	isBusy: boolean;
	onJoin: (id: number) => void;
}) {
	const { data } = useCall('listGroups', {});
	const [group, setGroup] = useState('');
	const others = (data?.rows ?? []).filter(({ id }) => !isIn.some((one) => one.id === id));
	if (others.length === 0) return null;
	const id = others.find((other) => other.id === idIn(group))?.id;
	return (
		<div className="rc-join">
			<ChoiceField
				hideLabel
				label={__('Group to join', 'return-channel')}
				value={id ? group : ''}
				options={[
					{ value: '', label: __('Add to a group…', 'return-channel') },
					...others.map((other) => ({ value: String(other.id), label: other.name })),
				]}
				onChange={setGroup}
			/>
			<Button
				variant="secondary"
				__next40pxDefaultSize
				disabled={isBusy || !id}
				accessibleWhenDisabled
				onClick={() => id && onJoin(id)}
			>
				{__('Add', 'return-channel')}
			</Button>
		</div>
	);
}
