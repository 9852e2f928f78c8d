import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { BounceTypeSetting } from '../../../service/contract/catalogue.ts';
import { Badge } from '../../components/badge.tsx';
import { ListSwitch, TextField } from '../../components/fields.tsx';
import type { Column } from '../../components/table.tsx';
import { theScreen } from '../../screen.ts';
import { typeExplained } from '../../words/bounces.ts';
import { figure } from '../../words/figures.ts';
import { isThreshold, shownType, withType } from './draft.ts';
import type { Draft } from './draft.ts';

interface Deeds {
	draft: Draft;
	onEdit: (draft: Draft) => void;
	/** Undefined while it is being counted. */
	bouncesOf: (type: BounceTypeSetting) => number | undefined;
	onShowPatterns: (type: BounceTypeSetting) => void;
	onDescribe: (type: BounceTypeSetting) => void;
	onDelete: (type: BounceTypeSetting) => void;
}

export function typeColumns(deeds: Deeds): Column<BounceTypeSetting>[] {
	const { canManage } = theScreen();
	const columns: Column<BounceTypeSetting>[] = [
		{ header: __('Type', 'return-channel'), render: (type) => <Name type={type} /> },
		{
			header: __('Bounces until hold', 'return-channel'),
			render: (type) => <Threshold type={type} {...deeds} />,
		},
		{ header: __('On', 'return-channel'), render: (type) => <Switch type={type} {...deeds} /> },
		{
			header: __('Recorded bounces', 'return-channel'),
			render: (type) => <Bounces type={type} count={deeds.bouncesOf(type)} />,
		},
		{
			header: __('Own patterns', 'return-channel'),
			render: (type) => (
				<Button
					variant="link"
					className="rc-plain-link"
					onClick={() => deeds.onShowPatterns(type)}
					aria-label={sprintf(
						/* translators: 1: number of patterns, 2: a bounce type. */
						__('%1$s: show the patterns of %2$s', 'return-channel'),
						figure(type.patterns),
						type.name,
					)}
				>
					{figure(type.patterns)}
				</Button>
			),
		},
	];
	if (!canManage) return columns;
	return [
		...columns,
		{
			header: __('Actions', 'return-channel'),
			render: (type) => <Actions type={type} {...deeds} />,
		},
	];
}

function Name({ type }: { type: BounceTypeSetting }) {
	return (
		<>
			<span className="rc-name">{type.name}</span>{' '}
			{!type.isShipped && <Badge tone="info">{__('Added', 'return-channel')}</Badge>}
			<span className="rc-quiet">{type.description || typeExplained(type.name)}</span>
		</>
	);
}

function Threshold({ type, draft, onEdit }: { type: BounceTypeSetting } & Deeds) {
	const { holdThreshold } = shownType(type, draft);
	if (!theScreen().canManage) return figure(type.holdThreshold);

	const differs = type.presetThreshold !== null && holdThreshold !== String(type.presetThreshold);
	return (
		<div className="rc-threshold">
			<TextField
				type="number"
				min={0}
				max={1000}
				hideLabelFromVision
				/* translators: %s: a bounce type. */
				label={sprintf(__('Bounces until hold: %s', 'return-channel'), type.name)}
				value={holdThreshold}
				problem={
					isThreshold(holdThreshold)
						? undefined
						: __('Write a whole number from 0 to 1000.', 'return-channel')
				}
				help={thresholdHelp(holdThreshold, differs ? type.presetThreshold : null)}
				onChange={(typed) => onEdit(withType(draft, type.id, { holdThreshold: typed }))}
			/>
		</div>
	);
}

function thresholdHelp(typed: string, presetThreshold: number | null): string | undefined {
	if (presetThreshold !== null) {
		/* translators: %s: a number. */
		return sprintf(__('Preset: %s', 'return-channel'), figure(presetThreshold));
	}
	return typed.trim() === '0' ? __('Never holds', 'return-channel') : undefined;
}

function Switch({ type, draft, onEdit }: { type: BounceTypeSetting } & Deeds) {
	const { isOn } = shownType(type, draft);
	if (!theScreen().canManage) {
		return isOn ? __('On', 'return-channel') : __('Off', 'return-channel');
	}
	return (
		<ListSwitch
			/* translators: %s: a bounce type. */
			label={sprintf(__('The type %s is on', 'return-channel'), type.name)}
			value={isOn}
			onChange={(value) => onEdit(withType(draft, type.id, { isOn: value }))}
			help={isOn ? undefined : __('Recorded, never counted', 'return-channel')}
		/>
	);
}

function Bounces({ type, count }: { type: BounceTypeSetting; count: number | undefined }) {
	const { bounces } = theScreen().pageUrls ?? {};
	if (count === undefined) return <span className="rc-quiet">…</span>;
	if (count === 0 || !bounces) return figure(count);
	return (
		<a
			href={`${bounces}&type=${encodeURIComponent(type.name)}`}
			aria-label={sprintf(
				/* translators: 1: number of bounces, 2: a bounce type. */
				__('%1$s: show the bounces of type %2$s', 'return-channel'),
				figure(count),
				type.name,
			)}
		>
			{figure(count)}
		</a>
	);
}

function Actions({ type, onDescribe, onDelete }: { type: BounceTypeSetting } & Deeds) {
	return (
		<div className="rc-row-actions">
			<Button
				variant="secondary"
				size="compact"
				onClick={() => onDescribe(type)}
				aria-label={`${__('Describe', 'return-channel')} ${type.name}`}
			>
				{__('Describe', 'return-channel')}
			</Button>
			{!type.isShipped && (
				<Button
					variant="tertiary"
					isDestructive
					size="compact"
					onClick={() => onDelete(type)}
					aria-label={`${__('Delete', 'return-channel')} ${type.name}`}
				>
					{__('Delete', 'return-channel')}
				</Button>
			)}
		</div>
	);
}
