import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { Outcome } from '../../../service/contract/activity.ts';
import { Table } from '../../components/table.tsx';
import type { Column, Selection } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import type { View } from '../../hooks/use-view.ts';
import { subjectOf } from '../../words/activities.ts';
import { kindLabel } from '../../words/outcomes.ts';
import { OutcomeBadge } from './outcome-badge.tsx';
import type { OutcomeKey } from './outcomes-view.ts';

interface Props {
	rows: Outcome[];
	isLoading: boolean;
	view: View<OutcomeKey>;
	selection: Selection<Outcome> | undefined;
	onOpen: (id: number) => void;
}

/** The mails of one page of the log; the subject opens the details. */
export function OutcomeTable({ rows, isLoading, view, selection, onOpen }: Props) {
	return (
		<Table
			caption={__('Mail log', 'return-channel')}
			columns={columnsOf(onOpen)}
			rows={rows}
			idOf={({ id }) => id}
			isLoading={isLoading}
			order={{
				by: 'at',
				direction: view.values.order === 'asc' ? 'asc' : 'desc',
				onChange: (_, direction) => view.change({ order: direction, paged: '' }),
			}}
			selection={selection}
		/>
	);
}

function columnsOf(onOpen: (id: number) => void): Column<Outcome>[] {
	return [
		{
			header: __('Mail', 'return-channel'),
			render: (mail) => (
				<>
					<Button variant="link" className="rc-name" onClick={() => onOpen(mail.id)}>
						<bdi>{subjectOf(mail)}</bdi>
					</Button>
					<span className="rc-quiet">
						<bdi>{mail.sender || __('No sender', 'return-channel')}</bdi>
					</span>
				</>
			),
		},
		{
			header: __('What was done', 'return-channel'),
			render: (mail) => (
				<>
					<OutcomeBadge mail={mail} />
					<span className="rc-because">{mail.sentence}</span>
				</>
			),
		},
		{
			header: __('Kind of mail', 'return-channel'),
			render: ({ kind }) => kind && kindLabel(kind),
		},
		{
			header: __('Mail account', 'return-channel'),
			render: ({ accountName }) => accountName,
		},
		{
			header: __('Read', 'return-channel'),
			sortBy: 'at',
			render: ({ at }) => <When at={at} />,
		},
	];
}
