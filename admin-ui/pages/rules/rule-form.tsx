import { Button, Notice } from '@wordpress/components';
import { useEffect, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import { lookPlaces, ruleStates } from '../../../service/contract/rule.ts';
import type { Rule, RuleFields } from '../../../service/contract/rule.ts';
import { call } from '../../api.ts';
import { ExpressionField } from '../../components/expression.tsx';
import { ChoiceField, FieldGroup, TextField } from '../../components/fields.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useDeed } from '../../hooks/use-deed.ts';
import { useFirstWrong } from '../../hooks/use-first-wrong.ts';
import { useSettled } from '../../hooks/use-settled.ts';
import { useUnsaved } from '../../hooks/use-unsaved.ts';
import { lookPlaceLabel, ruleStateLabel } from '../../words/rules.ts';
import { ActionFields } from './action-fields.tsx';
import { RulePreviewSection } from './rule-preview.tsx';
import { RuleWhatIf } from './rule-what-if.tsx';

interface Props {
	/** The rule to change; without one a new one is added, last in the order. */
	rule?: Rule;
	start: RuleFields;
	/** The words of the bounce that the expression was made from. */
	madeFrom?: string;
	onSaved: () => void;
	onCancel: () => void;
}

/** A rule while it is written, with what it matches among the stored bounces beside it. */
export function RuleForm({ rule, start, madeFrom, onSaved, onCancel }: Props) {
	const [draft, setDraft] = useState(start);
	const edit = (change: Partial<RuleFields>) => setDraft((before) => ({ ...before, ...change }));
	const { isBusy, error, attempt } = useDeed();
	const { post } = useNotices();
	const form = useFirstWrong(error);
	const letGo = useUnsaved(JSON.stringify(draft) !== JSON.stringify(start));
	const { expression, looksIn } = draft;
	const asked = useSettled({ id: rule?.id, expression, looksIn });
	const preview = useCall('previewRule', asked.expression ? asked : undefined);
	const isOld = preview.isLoading || asked.expression !== expression || asked.looksIn !== looksIn;
	const wrong = isOld ? undefined : preview.data?.problem?.sentence;

	useEffect(() => form.current?.querySelector<HTMLElement>('textarea')?.focus(), [form]);

	async function save(event: FormEvent) {
		event.preventDefault();
		const saved = await attempt(() =>
			rule ? call('changeRule', { ...draft, id: rule.id }) : call('addRule', draft),
		);
		if (!saved) return;
		letGo();
		onSaved();
		post({ status: 'success', sentence: savedSentence(saved) });
	}

	return (
		<form ref={form} className="rc-rule-form" onSubmit={(event) => void save(event)} noValidate>
			<div>
				{error && (
					<Notice status="error" isDismissible={false} spokenMessage={error.message}>
						{error.message}
					</Notice>
				)}
				<FieldGroup
					title={rule ? __('Change a rule', 'return-channel') : __('A new rule', 'return-channel')}
				>
					{madeFrom && (
						<div>
							<p>{__('Made from these words of the bounce:', 'return-channel')}</p>
							<blockquote className="rc-words">{madeFrom}</blockquote>
						</div>
					)}
					<ExpressionField
						value={expression}
						problem={wrong ?? error?.fields.expression}
						help={__(
							'Letters compare without case. “|” means or, “.*” means anything in one line.',
							'return-channel',
						)}
						onChange={(value) => edit({ expression: value })}
					/>
					<ChoiceField
						label={__('Where it looks', 'return-channel')}
						value={looksIn}
						options={lookPlaces.map((value) => ({ value, label: lookPlaceLabel(value) }))}
						onChange={(value) => edit({ looksIn: value })}
					/>
					<ActionFields actions={draft.actions} onChange={(actions) => edit({ actions })} />
					<TextField
						label={__('Comment', 'return-channel')}
						help={__('What it is for; names the rule in lists.', 'return-channel')}
						maxLength={500}
						value={draft.comment}
						problem={error?.fields.comment}
						onChange={(comment) => edit({ comment })}
					/>
					<ChoiceField
						label={__('State', 'return-channel')}
						value={draft.state}
						options={ruleStates.map((value) => ({ value, label: ruleStateLabel(value) }))}
						onChange={(state) => edit({ state })}
					/>
					<div className="rc-buttons">
						<Button
							type="submit"
							variant="primary"
							__next40pxDefaultSize
							isBusy={isBusy}
							disabled={isBusy || !expression.trim()}
							accessibleWhenDisabled
						>
							{rule ? __('Save the rule', 'return-channel') : __('Add the rule', 'return-channel')}
						</Button>
						<Button variant="tertiary" __next40pxDefaultSize onClick={onCancel}>
							{__('Cancel', 'return-channel')}
						</Button>
					</div>
				</FieldGroup>
			</div>
			<div>
				<RulePreviewSection
					preview={expression ? preview.data : undefined}
					error={preview.error}
					isOld={isOld && expression !== ''}
				/>
				{preview.data?.isValid && expression && <RuleWhatIf draft={draft} ruleId={rule?.id} />}
			</div>
		</form>
	);
}

function savedSentence({ state }: Rule): string {
	return state === 'active'
		? __(
				'The rule is saved and meets the bounces that come. Stored bounces wait until you apply it.',
				'return-channel',
			)
		: __('The rule is saved and does nothing until it is activated.', 'return-channel');
}
