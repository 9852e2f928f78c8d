import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { ActivitySummary } from '../../../service/contract/activity.ts';
import { Badge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import type { Column, Selection } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import type { View } from '../../hooks/use-view.ts';
import { attachmentCount, statusLabel, subjectOf } from '../../words/activities.ts';
import { figure } from '../../words/figures.ts';
import type { ActivityKey } from './activities-view.ts';
import { People } from './people.tsx';
import { Token } from './token.tsx';

interface Props {
	rows: ActivitySummary[];
	isLoading: boolean;
	view: View<ActivityKey>;
	selection: Selection<ActivitySummary> | undefined;
}

/** The mails of one page of the list; the subject opens the mail. */
export function MailTable({ rows, isLoading, view, selection }: Props) {
	const { orderby, order } = view.values;
	return (
		<Table
			caption={__('Filed mail', 'return-channel')}
			columns={columnsOf(view)}
			rows={rows}
			idOf={({ id }) => id}
			isLoading={isLoading}
			order={{
				by: orderby || 'occurredAt',
				direction: order === 'asc' ? 'asc' : 'desc',
				onChange: (by, direction) => view.change({ orderby: by, order: direction, paged: '' }),
			}}
			selection={selection}
		/>
	);
}

function columnsOf(view: View<ActivityKey>): Column<ActivitySummary>[] {
	return [
		{
			header: __('Mail', 'return-channel'),
			render: (mail) => <Subject mail={mail} view={view} />,
		},
		{
			header: __('People', 'return-channel'),
			render: ({ parties }) => <People parties={parties} most={3} />,
		},
		{
			header: __('Status', 'return-channel'),
			render: ({ status, campaign, type }) => (
				<>
					{statusLabel(status)}
					<span className="rc-quiet">{type}</span>
					{campaign && <span className="rc-quiet">{campaign}</span>}
				</>
			),
		},
		{
			header: __('Written', 'return-channel'),
			sortBy: 'occurredAt',
			render: ({ occurredAt }) => <When at={occurredAt} />,
		},
		{
			header: __('Filed', 'return-channel'),
			sortBy: 'filedAt',
			render: ({ filedAt }) => <When at={filedAt} />,
		},
	];
}

function Subject({ mail, view }: { mail: ActivitySummary; view: View<ActivityKey> }) {
	return (
		<>
			<Button
				variant="link"
				className="rc-name"
				onClick={() => view.change({ activity: String(mail.id) })}
			>
				<bdi>{subjectOf(mail)}</bdi>
			</Button>{' '}
			<Token mail={mail} />{' '}
			{mail.attachments > 0 && <Badge>{attachmentCount(mail.attachments)}</Badge>}
			<span className="rc-quiet rc-excerpt" dir="auto">
				{mail.excerpt}
			</span>
			{mail.inThread > 1 && (
				<Button
					variant="link"
					className="rc-plain-link"
					onClick={() => view.change({ thread: String(mail.threadId), paged: '' })}
				>
					{sprintf(
						/* translators: %s: number of mails. */
						__('Conversation of %s mails', 'return-channel'),
						figure(mail.inThread),
					)}
				</Button>
			)}
		</>
	);
}
