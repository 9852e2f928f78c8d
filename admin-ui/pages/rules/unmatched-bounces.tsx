import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { BounceSummary } from '../../../service/contract/bounce.ts';
import { Badge, TypeBadge } from '../../components/badge.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { Empty } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import type { Column } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useView } from '../../hooks/use-view.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { pageIn, rowsPerPage } from '../../view-state.ts';
import { bounceCount } from '../../words/bounces.ts';
import type { RulesKey } from './rules-view.ts';

const panelKeys = ['bounce'] as const;

/** The stored bounces that no active rule catches, each the possible beginning of a rule. */
export function UnmatchedBounces({ view }: { view: View<RulesKey> }) {
	const panel = useView(panelKeys);
	const list = useCall('listUnmatchedBounces', {
		page: pageIn(view.values.paged),
		per_page: rowsPerPage,
	});
	return (
		<section className="rc-below">
			<h2>{__('Bounces that no rule catches', 'return-channel')}</h2>
			<ListBody
				list={list}
				view={view}
				fetching={__('Fetching the bounces…', 'return-channel')}
				nothing={<Empty title={__('Every stored bounce is caught', 'return-channel')} />}
				count={bounceCount}
			>
				{(rows) => (
					<Table
						caption={__('Bounces that no rule catches', 'return-channel')}
						columns={columnsOf(
							({ id }) => panel.change({ bounce: String(id) }),
							({ id }) => view.change({ rule: 'new', from: String(id) }),
						)}
						rows={rows}
						idOf={({ id }) => id}
						isLoading={list.isLoading}
					/>
				)}
			</ListBody>
		</section>
	);
}

function columnsOf(
	onOpen: (bounce: BounceSummary) => void,
	onMakeRule: (bounce: BounceSummary) => void,
): Column<BounceSummary>[] {
	const columns: Column<BounceSummary>[] = [
		{
			header: __('Address', 'return-channel'),
			render: (bounce) => (
				<Button variant="link" className="rc-name" onClick={() => onOpen(bounce)}>
					{bounce.email || __('No address named', 'return-channel')}
				</Button>
			),
		},
		{
			header: __('Type and reason', 'return-channel'),
			render: ({ type, reasonLabel, isRecognised }) => (
				<>
					<TypeBadge type={type} /> {reasonLabel}{' '}
					{!isRecognised && <Badge tone="warning">{__('Not recognised', 'return-channel')}</Badge>}
				</>
			),
		},
		{
			header: __('Read', 'return-channel'),
			render: ({ recordedAt }) => <When at={recordedAt} />,
		},
	];
	if (!theScreen().canManage) return columns;
	return [
		...columns,
		{
			header: __('Actions', 'return-channel'),
			render: (bounce) => (
				<Button
					variant="secondary"
					size="compact"
					onClick={() => onMakeRule(bounce)}
					aria-label={`${__('Make a rule', 'return-channel')} ${bounce.email}`}
				>
					{__('Make a rule', 'return-channel')}
				</Button>
			),
		},
	];
}
