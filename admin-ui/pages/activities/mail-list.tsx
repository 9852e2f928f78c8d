import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { ActivitySummary } from '../../../service/contract/activity.ts';
import { ListBody } from '../../components/list-body.tsx';
import { ReadNoMail } from '../../components/read-no-mail.tsx';
import { Empty } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useSelection } from '../../hooks/use-selection.ts';
import type { View } from '../../hooks/use-view.ts';
import { mailCount, subjectOf } from '../../words/activities.ts';
import { activitiesAsked, filterKeys, noFilters } from './activities-view.ts';
import type { ActivityKey } from './activities-view.ts';
import { DeleteMails } from './delete-mails.tsx';
import { MailFilters } from './mail-filters.tsx';
import { MailTable } from './mail-table.tsx';
import { useAfterDeeds } from './use-activity-deed.ts';

/** The filed mails, to be searched, narrowed, opened and deleted. */
export function MailList({ view }: { view: View<ActivityKey> }) {
	const list = useCall('listActivities', activitiesAsked(view.values));
	const { data, error, isLoading } = list;
	useAfterDeeds(list.reload);

	const isFiltered = view.values.s !== '' || filterKeys.some((key) => view.values[key]);
	if (data?.total === 0 && !isFiltered && !isLoading && !error) return <NoMailYet />;
	return (
		<>
			{(data || !error) && <MailFilters view={view} rows={data?.rows ?? []} />}
			<ListBody
				list={list}
				view={view}
				fetching={__('Fetching the filed mail…', 'return-channel')}
				nothing={
					<Empty title={__('No filed mail matches', 'return-channel')}>
						<Button variant="secondary" onClick={() => view.change(noFilters)}>
							{__('Show all filed mail', 'return-channel')}
						</Button>
					</Empty>
				}
				count={mailCount}
			>
				{(rows) => <MailRows rows={rows} isLoading={isLoading} view={view} />}
			</ListBody>
		</>
	);
}

function MailRows({
	rows,
	isLoading,
	view,
}: {
	rows: ActivitySummary[];
	isLoading: boolean;
	view: View<ActivityKey>;
}) {
	const { chosen, chooseNone, selection } = useSelection(
		rows,
		activitiesAsked(view.values),
		subjectOf,
	);
	return (
		<>
			{selection && (
				<div className="rc-bulk">
					<DeleteMails ids={chosen.map(({ id }) => id)} onDeleted={chooseNone} />
				</div>
			)}
			<MailTable rows={rows} isLoading={isLoading} view={view} selection={selection} />
		</>
	);
}

function NoMailYet() {
	return (
		<ReadNoMail
			title={__('No filed mail yet', 'return-channel')}
			sentence={__(
				'Mail is filed with your contacts once there is a mail account for email-to-activity processing and the job Process Incoming Emails has run. Put its address into Bcc when you write, or drag mails into its IMAP folder.',
				'return-channel',
			)}
			newAccountFor="activities"
		/>
	);
}
