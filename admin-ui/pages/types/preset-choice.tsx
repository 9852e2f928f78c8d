import { Button } from '@wordpress/components';
import { useId, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { presetNames } from '../../../service/contract/catalogue.ts';
import type { CatalogueSettings, PresetName } from '../../../service/contract/catalogue.ts';
import { call } from '../../api.ts';
import { Badge } from '../../components/badge.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { theScreen } from '../../screen.ts';
import { presetExplained, presetLabel } from '../../words/catalogue.ts';
import { WhatIfAnswer } from './what-if-answer.tsx';

/** The three ways to count, which of them the site has, and the change to another. */
export function PresetChoice({
	settings,
	onChanged,
}: {
	settings: CatalogueSettings;
	onChanged: () => void;
}) {
	const headingId = useId();
	const [asking, setAsking] = useState<PresetName>();
	return (
		<section className="rc-presets" aria-labelledby={headingId}>
			<h2 id={headingId}>{__('Preset', 'return-channel')}</h2>
			<ul>
				{presetNames.map((preset) => (
					<Preset
						key={preset}
						preset={preset}
						settings={settings}
						onChoose={() => setAsking(preset)}
					/>
				))}
			</ul>
			{asking && (
				<PresetQuestion
					preset={asking}
					isBack={asking === settings.preset}
					onChanged={onChanged}
					onClose={() => setAsking(undefined)}
				/>
			)}
		</section>
	);
}

function Preset({
	preset,
	settings,
	onChoose,
}: {
	preset: PresetName;
	settings: CatalogueSettings;
	onChoose: () => void;
}) {
	const isPresent = preset === settings.preset;
	const label = presetLabel(preset);
	return (
		<li className={isPresent ? 'is-present' : undefined}>
			<h3>
				{label}{' '}
				{isPresent &&
					(settings.differsFromPreset ? (
						<Badge tone="warning">{__('In use, with changes', 'return-channel')}</Badge>
					) : (
						<Badge tone="good">{__('In use', 'return-channel')}</Badge>
					))}
			</h3>
			<p>{presetExplained(preset)}</p>
			{theScreen().canManage && (!isPresent || settings.differsFromPreset) && (
				<Button
					variant="secondary"
					size="compact"
					onClick={onChoose}
					/* translators: %s: the name of a preset. */
					aria-label={sprintf(
						isPresent
							? /* translators: %s: the name of a preset. */
								__('Go back to this preset: %s', 'return-channel')
							: /* translators: %s: the name of a preset. */
								__('Use this preset: %s', 'return-channel'),
						label,
					)}
				>
					{isPresent
						? __('Go back to this preset', 'return-channel')
						: __('Use this preset', 'return-channel')}
				</Button>
			)}
		</li>
	);
}

function PresetQuestion({
	preset,
	isBack,
	onChanged,
	onClose,
}: {
	preset: PresetName;
	isBack: boolean;
	onChanged: () => void;
	onClose: () => void;
}) {
	const { post } = useNotices();
	const label = presetLabel(preset);

	async function use() {
		await call('changeCatalogue', { preset });
		onClose();
		onChanged();
		post({
			status: 'success',
			/* translators: %s: the name of a preset. */
			sentence: sprintf(__('The preset “%s” is in use.', 'return-channel'), label),
		});
	}

	return (
		<Confirm
			title={sprintf(
				isBack
					? /* translators: %s: the name of a preset. */
						__('Go back to the preset “%s”?', 'return-channel')
					: /* translators: %s: the name of a preset. */
						__('Use the preset “%s”?', 'return-channel'),
				label,
			)}
			verb={__('Use it', 'return-channel')}
			onConfirm={use}
			onClose={onClose}
		>
			<p>{presetExplained(preset)}</p>
			<p>
				{__(
					'Thresholds, switches and reasons of the shipped types are set as the preset has them. Types and patterns that you added stay. Nobody is held or released by this: it applies to the bounces that come.',
					'return-channel',
				)}
			</p>
			<WhatIfAnswer change={{ preset }} />
		</Confirm>
	);
}
