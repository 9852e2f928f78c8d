import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { faults } from '../../../service/contract/bounce.ts';
import type { Fault } from '../../../service/contract/bounce.ts';
import type { ReasonSetting } from '../../../service/contract/catalogue.ts';
import { Badge, TypeBadge } from '../../components/badge.tsx';
import { ChoiceField, ListSwitch } from '../../components/fields.tsx';
import { Table } from '../../components/table.tsx';
import type { Column } from '../../components/table.tsx';
import { theScreen } from '../../screen.ts';
import { faultExplained, faultLabel } from '../../words/bounces.ts';
import { shownReason, withReason } from './draft.ts';
import type { PartProps } from './part-props.ts';

/** Why mails bounce, more finely than by type, and whether each counts. */
export function ReasonTable({ settings, draft, onEdit, isLoading }: PartProps) {
	const [fault, setFault] = useState<Fault | ''>('');
	const rows = settings.reasons.filter((reason) => !fault || reason.fault === fault);
	const present = faults.filter((one) => settings.reasons.some((reason) => reason.fault === one));
	return (
		<>
			<p className="rc-intro">
				{__(
					'A bounce counts toward a hold only if its reason does. What our own sending causes is off in the recommended preset, so that a blocklisting does not hold everybody at one provider.',
					'return-channel',
				)}
			</p>
			<div className="rc-filters rc-narrow">
				<ChoiceField
					label={__('Cause', 'return-channel')}
					value={fault}
					options={[
						{ value: '', label: __('All', 'return-channel') },
						...present.map((value) => ({ value, label: faultLabel(value) })),
					]}
					onChange={setFault}
				/>
			</div>
			<Table
				caption={__('Reasons', 'return-channel')}
				columns={columnsOf(
					(reason) => shownReason(reason, draft),
					({ name }, counts) => onEdit(withReason(draft, name, counts)),
				)}
				rows={rows}
				idOf={(reason) => settings.reasons.indexOf(reason)}
				isLoading={isLoading}
			/>
		</>
	);
}

function columnsOf(
	counts: (reason: ReasonSetting) => boolean,
	onSwitch: (reason: ReasonSetting, counts: boolean) => void,
): Column<ReasonSetting>[] {
	return [
		{
			header: __('Reason', 'return-channel'),
			render: ({ label, name }) => (
				<>
					<span className="rc-name">{label}</span>
					<span className="rc-quiet">{name}</span>
				</>
			),
		},
		{
			header: __('Counts toward hold', 'return-channel'),
			render: (reason) => (
				<Counts
					reason={reason}
					counts={counts(reason)}
					onSwitch={(value) => onSwitch(reason, value)}
				/>
			),
		},
		{
			header: __('Type', 'return-channel'),
			render: ({ type }) => <TypeBadge type={type} />,
		},
		{
			header: __('Cause', 'return-channel'),
			render: ({ fault }) => <span title={faultExplained(fault)}>{faultLabel(fault)}</span>,
		},
		{
			header: __('What to do', 'return-channel'),
			render: ({ advice }) => <span className="rc-because">{advice}</span>,
		},
	];
}

function Counts({
	reason,
	counts,
	onSwitch,
}: {
	reason: ReasonSetting;
	counts: boolean;
	onSwitch: (counts: boolean) => void;
}) {
	const differs =
		counts !== reason.presetCounts
			? reason.presetCounts
				? __('The preset has it on.', 'return-channel')
				: __('The preset has it off.', 'return-channel')
			: undefined;
	if (theScreen().canManage) {
		return (
			<ListSwitch
				/* translators: %s: a reason for bounces. */
				label={sprintf(__('%s counts toward a hold', 'return-channel'), reason.label)}
				value={counts}
				onChange={onSwitch}
				help={differs}
			/>
		);
	}
	return counts ? (
		<Badge tone="good">{__('Counts', 'return-channel')}</Badge>
	) : (
		<Badge>{__('Recorded only', 'return-channel')}</Badge>
	);
}
