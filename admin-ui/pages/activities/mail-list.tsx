import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { Pager } from '../../components/pager.tsx';
import { Empty, Failing, Skeleton } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useChosen } from '../../hooks/use-chosen.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { mailCount } from '../../words/activities.ts';
import { activitiesAsked, filterKeys, noFilters } from './activities-view.ts';
import type { ActivityKey } from './activities-view.ts';
import { DeleteMails } from './delete-mails.tsx';
import { MailFilters } from './mail-filters.tsx';
import { MailTable } from './mail-table.tsx';
import { useAfterDeeds } from './use-activity-deed.ts';

const noneChosen: ReadonlySet<number> = new Set();

/** The filed mails, to be searched, narrowed, opened and deleted. */
export function MailList({ view }: { view: View<ActivityKey> }) {
	const asked = activitiesAsked(view.values);
	const { data, error, isLoading, reload } = useCall('listActivities', asked);
	const [chosen, setChosen] = useChosen(noneChosen, asked);
	useAfterDeeds(reload);

	const isFiltered = view.values.s !== '' || filterKeys.some((key) => view.values[key]);
	if (data?.total === 0 && !isFiltered && !error) return <NoMailYet />;
	return (
		<>
			{(data || !error) && <MailFilters view={view} rows={data?.rows ?? []} />}
			{error && <Failing error={error} onRetry={reload} />}
			{!data && !error && <Skeleton sentence={__('Fetching the filed mail…', 'return-channel')} />}
			{data?.total === 0 && !error && (
				<Empty title={__('No filed mail matches', 'return-channel')}>
					<Button variant="secondary" onClick={() => view.change(noFilters)}>
						{__('Show all filed mail', 'return-channel')}
					</Button>
				</Empty>
			)}
			{data && data.total > 0 && !error && (
				<>
					{theScreen().canManage && (
						<div className="rc-bulk">
							<DeleteMails
								ids={data.rows.map(({ id }) => id).filter((id) => chosen.has(id))}
								onDeleted={() => setChosen(noneChosen)}
							/>
						</div>
					)}
					<MailTable
						rows={data.rows}
						isLoading={isLoading}
						view={view}
						chosen={chosen}
						onChoose={setChosen}
					/>
					<Pager
						page={asked.page ?? 1}
						total={data.total}
						count={mailCount(data.total)}
						onChange={(next) => view.change({ paged: String(next) })}
					/>
				</>
			)}
		</>
	);
}

function NoMailYet() {
	const { accounts, jobs } = theScreen().pageUrls ?? {};
	return (
		<Empty title={__('No filed mail yet', 'return-channel')}>
			<p>
				{__(
					'Mail is filed with your contacts once there is a mail account for email-to-activity processing and the job Process Incoming Emails has run. Put its address into Bcc when you write, or drag mails into its IMAP folder.',
					'return-channel',
				)}
			</p>
			<p className="rc-buttons">
				{accounts && (
					<Button
						variant="primary"
						__next40pxDefaultSize
						href={`${accounts}&account=new&for=activities`}
					>
						{__('Set up a mail account', 'return-channel')}
					</Button>
				)}
				{jobs && (
					<Button variant="secondary" __next40pxDefaultSize href={jobs}>
						{__('Open the scheduled jobs', 'return-channel')}
					</Button>
				)}
			</p>
		</Empty>
	);
}
