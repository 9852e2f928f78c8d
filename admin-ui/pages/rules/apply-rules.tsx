import { Button, Modal } from '@wordpress/components';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { JobRun } from '../../../service/contract/job.ts';
import type { Rule } from '../../../service/contract/rule.ts';
import { call } from '../../api.ts';
import { useNotices } from '../../components/notice-board.tsx';
import { useDeed } from '../../hooks/use-deed.ts';
import { ruleName } from '../../words/rules.ts';
import { JobProgress } from '../jobs/job-progress.tsx';
import { statusOf } from '../jobs/run-state.tsx';
import { useUndoDeeds } from './use-undo-deeds.ts';

interface Props {
	/** One rule; without it all active ones are applied. */
	rule?: Rule;
	onApplied: () => void;
	onClose: () => void;
}

/** Applies rules to the stored bounces: first without doing anything, to say what would be done, then for good. */
export function ApplyRules({ rule, onApplied, onClose }: Props) {
	const [started, setStarted] = useState<{ run: JobRun; isDryRun: boolean }>();
	const [foreseen, setForeseen] = useState<JobRun>();
	const { isBusy, error, attempt } = useDeed();
	const { post } = useNotices();
	const undo = useUndoDeeds(onApplied);
	const isAsked = useRef(false);

	async function start(isDryRun: boolean) {
		const answer = await attempt(() => call('applyRules', { ruleId: rule?.id, dryRun: isDryRun }));
		if (answer) setStarted({ run: answer.run, isDryRun });
	}

	useEffect(() => {
		if (isAsked.current) return;
		isAsked.current = true;
		void start(true);
	});

	function end(run: JobRun, isDryRun: boolean) {
		setStarted(undefined);
		if (isDryRun) return setForeseen(run);
		onClose();
		onApplied();
		const label = __('Undo', 'return-channel');
		post({
			status: statusOf(run.state),
			sentence: run.sentence,
			action: { label, onClick: () => void undo({ runId: run.id }) },
		});
	}

	const title = rule
		? __('Apply this rule to the stored bounces?', 'return-channel')
		: __('Apply the active rules to the stored bounces?', 'return-channel');
	return (
		<Modal title={title} size="medium" onRequestClose={onClose} className="rc-confirm">
			<div className="rc-dialog-form">
				{rule && <p>{ruleName(rule)}</p>}
				{error && (
					<p className="rc-problem" role="alert">
						{error.message}
					</p>
				)}
				{!foreseen && !error && (
					<p role="status">{__('Looking at what it would do…', 'return-channel')}</p>
				)}
				{foreseen && (
					<p role="status">
						<strong>{foreseen.sentence}</strong>
					</p>
				)}
				{started && (
					<JobProgress
						key={started.run.id}
						label={__('Apply Bounce Rules', 'return-channel')}
						started={started.run}
						onEnd={(run) => end(run, started.isDryRun)}
					/>
				)}
				<p className="rc-quiet">{__('Everything can be undone afterwards.', 'return-channel')}</p>
				<div className="rc-buttons is-end">
					<Button variant="tertiary" __next40pxDefaultSize onClick={onClose}>
						{__('Close', 'return-channel')}
					</Button>
					<Button
						variant="primary"
						__next40pxDefaultSize
						isBusy={isBusy || Boolean(started)}
						disabled={isBusy || Boolean(started) || foreseen?.state !== 'done'}
						accessibleWhenDisabled
						onClick={() => void start(false)}
					>
						{__('Apply', 'return-channel')}
					</Button>
				</div>
			</div>
		</Modal>
	);
}
