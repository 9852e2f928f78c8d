import { useCallback } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { activityStatuses } from '../../../service/contract/activity.ts';
import type { ActivitySummary } from '../../../service/contract/activity.ts';
import { ChoiceField, TextField } from '../../components/fields.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { SetByLink } from '../../components/set-by-link.tsx';
import { useCall } from '../../hooks/use-call.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { statusLabel, subjectOf } from '../../words/activities.ts';
import { filterKeys, noFilters } from './activities-view.ts';
import type { ActivityKey } from './activities-view.ts';

/** Search and filters of the filed mails, written into the URL. Contact and thread come from links. */
export function MailFilters({
	view,
	rows,
}: {
	view: View<ActivityKey>;
	/** What is listed now: it knows the names behind a contact and a thread in the URL. */
	rows: readonly ActivitySummary[];
}) {
	const { values, change } = view;
	const search = useCallback((s: string) => change({ s, paged: '' }, 'replace'), [change]);
	const set = (key: ActivityKey) => (value: string) => change({ [key]: value, paged: '' });
	const setTyped = (key: ActivityKey) => (value: string) =>
		change({ [key]: value, paged: '' }, 'replace');
	const all = { value: '', label: __('All', 'return-channel') };
	return (
		<FilterBar
			searchLabel={__('Search filed mail', 'return-channel')}
			search={values.s}
			onSearch={search}
			active={filterKeys.filter((key) => values[key]).length}
			onReset={() => change(noFilters)}
		>
			<AccountFilter value={values.account} onChange={set('account')} />
			<ChoiceField
				label={__('Status', 'return-channel')}
				value={values.status}
				options={[all, ...activityStatuses.map((value) => ({ value, label: statusLabel(value) }))]}
				onChange={set('status')}
			/>
			<TextField
				label={__('Campaign', 'return-channel')}
				value={values.campaign}
				maxLength={100}
				onChange={setTyped('campaign')}
			/>
			<ChoiceField
				label={__('Attachments', 'return-channel')}
				value={values.attachments}
				options={[
					all,
					{ value: 'yes', label: __('With attachments', 'return-channel') },
					{ value: 'no', label: __('Without attachments', 'return-channel') },
				]}
				onChange={set('attachments')}
			/>
			<TextField
				type="date"
				label={__('From', 'return-channel')}
				value={values.from}
				onChange={set('from')}
			/>
			<TextField
				type="date"
				label={__('Until', 'return-channel')}
				value={values.until}
				onChange={set('until')}
			/>
			<SetByLink
				name={__('Contact', 'return-channel')}
				value={values.contact && nameOfContact(rows, values.contact)}
				onRemove={() => set('contact')('')}
			/>
			<SetByLink
				name={__('Conversation', 'return-channel')}
				value={values.thread && nameOfThread(rows, values.thread)}
				onRemove={() => set('thread')('')}
			/>
		</FilterBar>
	);
}

/** Accounts are listed for those who may set them up; for others the list is not narrowed by them. */
function AccountFilter({ value, onChange }: { value: string; onChange: (id: string) => void }) {
	const accounts = useCall('listAccounts', theScreen().canManage ? {} : undefined);
	const choices = (accounts.data?.rows ?? []).filter(({ usedFor }) => usedFor === 'activities');
	if (choices.length === 0) return null;
	return (
		<ChoiceField
			label={__('Mail account', 'return-channel')}
			value={value}
			options={[
				{ value: '', label: __('All', 'return-channel') },
				...choices.map(({ id, name }) => ({ value: String(id), label: name })),
			]}
			onChange={onChange}
		/>
	);
}

function nameOfContact(rows: readonly ActivitySummary[], id: string): string {
	const party = rows
		.flatMap(({ parties }) => parties)
		.find(({ contactId }) => String(contactId) === id);
	/* translators: %s: number of a contact. */
	return party?.name ?? sprintf(__('Contact %s', 'return-channel'), id);
}

function nameOfThread(rows: readonly ActivitySummary[], id: string): string {
	const mail = rows.find(({ threadId }) => String(threadId) === id);
	/* translators: %s: number of a conversation. */
	return mail ? subjectOf(mail) : sprintf(__('Conversation %s', 'return-channel'), id);
}
