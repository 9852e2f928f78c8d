import { Button, Notice } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import { usualFilingSettings } from '../../../service/contract/activity.ts';
import type { FilingSettings } from '../../../service/contract/activity.ts';
import { call } from '../../api.ts';
import { ChoiceField, FieldGroup, TextAreaField, TextField } from '../../components/fields.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { Failing, Loading } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useDeed } from '../../hooks/use-deed.ts';
import { useFirstWrong } from '../../hooks/use-first-wrong.ts';
import { useUnsaved } from '../../hooks/use-unsaved.ts';
import { theScreen } from '../../screen.ts';
import {
	forEver,
	keptThings,
	settingsAsked,
	settingsDraftOf,
	settingsProblem,
} from './settings-draft.ts';
import type { KeptThing, SettingsDraft } from './settings-draft.ts';

/** What applies to all filed mail of the site. */
export function FilingSettingsSection() {
	const { data, error, reload } = useCall('getFilingSettings', {});
	if (error) return <Failing error={error} onRetry={reload} />;
	if (!data) return <Loading sentence={__('Fetching the settings…', 'return-channel')} />;
	return <SettingsForm settings={data} onSaved={reload} />;
}

interface GroupProps {
	draft: SettingsDraft;
	edit: (changes: Partial<SettingsDraft>) => void;
	problems: Partial<Record<string, string>>;
}

function SettingsForm({ settings, onSaved }: { settings: FilingSettings; onSaved: () => void }) {
	const [draft, setDraft] = useState(() => settingsDraftOf(settings));
	const [refusals, setRefusals] = useState(0);
	const form = useFirstWrong(refusals);
	const letGo = useUnsaved(
		JSON.stringify(draft) !== JSON.stringify(settingsDraftOf(settings)) && theScreen().canManage,
	);
	const { isBusy, error, attempt } = useDeed();
	const { post } = useNotices();
	const wrong = settingsProblem(draft);

	async function save(event: FormEvent) {
		event.preventDefault();
		const saved =
			Object.keys(wrong).length === 0 &&
			(await attempt(() => call('changeFilingSettings', settingsAsked(draft))));
		if (!saved) return setRefusals((before) => before + 1);
		letGo();
		setDraft(settingsDraftOf(saved));
		onSaved();
		post({ status: 'success', sentence: __('The settings are saved.', 'return-channel') });
	}

	const edit = (changes: Partial<SettingsDraft>) =>
		setDraft((before) => ({ ...before, ...changes }));
	const problems = { ...inWords(refusals > 0 ? wrong : {}), ...sentWrong(error?.fields) };
	return (
		<form ref={form} className="rc-form" onSubmit={(event) => void save(event)} noValidate>
			{error && (
				<Notice status="error" isDismissible={false} spokenMessage={error.message}>
					{error.message}
				</Notice>
			)}
			<Limits draft={draft} edit={edit} problems={problems} />
			<Keeping draft={draft} edit={edit} problems={problems} />
			{theScreen().canManage && (
				<div className="rc-buttons">
					<Button
						type="submit"
						variant="primary"
						__next40pxDefaultSize
						isBusy={isBusy}
						disabled={isBusy}
						accessibleWhenDisabled
					>
						{__('Save the settings', 'return-channel')}
					</Button>
					<Button
						variant="tertiary"
						__next40pxDefaultSize
						onClick={() => setDraft(settingsDraftOf(usualFilingSettings))}
					>
						{__('Fill in the usual settings', 'return-channel')}
					</Button>
				</div>
			)}
		</form>
	);
}

function Limits({ draft, edit, problems }: GroupProps) {
	return (
		<FieldGroup title={__('Sizes and attachments', 'return-channel')}>
			<div className="rc-side-by-side">
				<TextField
					type="number"
					min={0}
					label={__('Largest attachment (MB)', 'return-channel')}
					help={__('A larger one is named and not kept.', 'return-channel')}
					value={draft.largestAttachmentMb}
					problem={problems.largestAttachmentMb}
					onChange={(largestAttachmentMb) => edit({ largestAttachmentMb })}
				/>
				<TextField
					type="number"
					min={0}
					label={__('Largest mail (MB)', 'return-channel')}
					help={__(
						'A larger one is filed with its header and the beginning of its text.',
						'return-channel',
					)}
					value={draft.largestMailMb}
					problem={problems.largestMailMb}
					onChange={(largestMailMb) => edit({ largestMailMb })}
				/>
			</div>
			<TextAreaField
				isCode
				rows={4}
				label={__('Files that nobody can download', 'return-channel')}
				help={__(
					'Endings of file names, parted by commas: programs, scripts and pages that could do harm. The files are named in the mail.',
					'return-channel',
				)}
				value={draft.blockedEndings}
				problem={problems.blockedEndings}
				onChange={(blockedEndings) => edit({ blockedEndings })}
			/>
		</FieldGroup>
	);
}

/** The job Clean Up deletes what is older. */
function Keeping({ draft, edit, problems }: GroupProps) {
	return (
		<FieldGroup title={__('How long things are kept', 'return-channel')}>
			<p className="rc-intro">
				{__('The job Clean Up deletes for good what is older.', 'return-channel')}
			</p>
			{keptThings.map((thing) => (
				<KeptFor
					key={thing}
					thing={thing}
					days={draft[thing]}
					problem={problems[thing]}
					onChange={(days) => edit({ [thing]: days })}
				/>
			))}
		</FieldGroup>
	);
}

function KeptFor({
	thing,
	days,
	problem,
	onChange,
}: {
	thing: KeptThing;
	days: string;
	problem?: string;
	onChange: (days: string) => void;
}) {
	const usual = usualFilingSettings[thing] ?? 365;
	const label = keptLabel(thing);
	return (
		<div className="rc-side-by-side">
			<ChoiceField
				label={label}
				help={keptExplained(thing)}
				value={days === forEver ? forEver : 'days'}
				options={[
					{ value: forEver, label: __('For ever', 'return-channel') },
					{ value: 'days', label: __('For a number of days', 'return-channel') },
				]}
				onChange={(choice) => onChange(choice === forEver ? forEver : String(usual))}
			/>
			{days !== forEver && (
				<TextField
					type="number"
					min={1}
					label={`${label} (${__('days', 'return-channel')})`}
					value={days}
					problem={problem}
					onChange={onChange}
				/>
			)}
		</div>
	);
}

function keptLabel(thing: KeptThing): string {
	const labels: Record<KeptThing, string> = {
		keepRawMailDays: __('Original mails', 'return-channel'),
		keepActivityDays: __('Filed mails', 'return-channel'),
		keepOutcomeDays: __('Mail log', 'return-channel'),
	};
	return labels[thing];
}

function keptExplained(thing: KeptThing): string {
	const sentences: Record<KeptThing, string> = {
		keepRawMailDays: __(
			'Mails as they came; while they are kept, they can be downloaded and dealt with again.',
			'return-channel',
		),
		keepActivityDays: __('What stands on your contacts’ records.', 'return-channel'),
		keepOutcomeDays: __('What became of every mail that was read.', 'return-channel'),
	};
	return sentences[thing];
}

function inWords(
	wrong: ReturnType<typeof settingsProblem>,
): Partial<Record<keyof SettingsDraft, string>> {
	const sentences = {
		number: __('Write a number of megabytes.', 'return-channel'),
		small: __('A mail has to have 0.1 MB at least.', 'return-channel'),
		days: __('Write a whole number of days, from 1 to 36,500.', 'return-channel'),
	};
	return Object.fromEntries(
		Object.entries(wrong).map(([field, problem]) => [field, sentences[problem]]),
	);
}

/** The service's names of the fields, as the form has them; the endings come by their place ("blockedEndings.3"). */
function sentWrong(fields: Readonly<Record<string, string>> = {}): Record<string, string> {
	const names: Record<string, keyof SettingsDraft> = {
		largestAttachmentBytes: 'largestAttachmentMb',
		largestMailBytes: 'largestMailMb',
	};
	return Object.fromEntries(
		Object.entries(fields).map(([field, sentence]) => {
			const name = field.split('.')[0] ?? field;
			return [names[name] ?? name, sentence];
		}),
	);
}
