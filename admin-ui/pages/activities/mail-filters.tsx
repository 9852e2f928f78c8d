import { __, sprintf } from '@wordpress/i18n';
import { activityStatuses } from '../../../service/contract/activity.ts';
import type { ActivitySummary } from '../../../service/contract/activity.ts';
import {
	ChoiceFilter,
	DateFilters,
	LinkFilter,
	ListFilters,
	TextFilter,
} from '../../components/list-filters.tsx';
import { useCall } from '../../hooks/use-call.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { statusLabel, subjectOf } from '../../words/activities.ts';
import { filterKeys, noFilters } from './activities-view.ts';
import type { ActivityKey } from './activities-view.ts';

/** Search and filters of the filed mails. Contact and thread come from links. */
export function MailFilters({
	view,
	rows,
}: {
	view: View<ActivityKey>;
	/** What is listed now: it knows the names behind a contact and a thread in the URL. */
	rows: readonly ActivitySummary[];
}) {
	const { values, change } = view;
	return (
		<ListFilters
			view={view}
			searchLabel={__('Search filed mail', 'return-channel')}
			set={filterKeys.map((key) => values[key])}
			onReset={() => change(noFilters)}
		>
			<AccountFilter view={view} />
			<ChoiceFilter
				view={view}
				name="status"
				label={__('Status', 'return-channel')}
				options={activityStatuses.map((value) => ({ value, label: statusLabel(value) }))}
			/>
			<TextFilter
				view={view}
				name="campaign"
				label={__('Campaign', 'return-channel')}
				maxLength={100}
			/>
			<ChoiceFilter
				view={view}
				name="attachments"
				label={__('Attachments', 'return-channel')}
				options={[
					{ value: 'yes', label: __('With attachments', 'return-channel') },
					{ value: 'no', label: __('Without attachments', 'return-channel') },
				]}
			/>
			<DateFilters view={view} />
			<LinkFilter
				view={view}
				name="contact"
				label={__('Contact', 'return-channel')}
				inWords={nameOfContact(rows, values.contact)}
			/>
			<LinkFilter
				view={view}
				name="thread"
				label={__('Conversation', 'return-channel')}
				inWords={nameOfThread(rows, values.thread)}
			/>
		</ListFilters>
	);
}

/** Accounts are listed for those who may set them up; for others the list is not narrowed by them. */
function AccountFilter({ view }: { view: View<ActivityKey> }) {
	const accounts = useCall('listAccounts', theScreen().canManage ? {} : undefined);
	const choices = (accounts.data?.rows ?? []).filter(({ usedFor }) => usedFor === 'activities');
	if (choices.length === 0) return null;
	return (
		<ChoiceFilter
			view={view}
			name="account"
			label={__('Mail account', 'return-channel')}
			options={choices.map(({ id, name }) => ({ value: String(id), label: name }))}
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
