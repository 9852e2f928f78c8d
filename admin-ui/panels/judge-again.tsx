import { Button, Modal, Notice } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Reprocessing, ReprocessTotals } from '../../service/contract/reprocess.ts';
import type { Asked } from '../api.ts';
import { call } from '../api.ts';
import { Failing, Loading } from '../components/states.tsx';
import { useCall } from '../hooks/use-call.ts';
import { useDeed } from '../hooks/use-deed.ts';
import { useUndoing } from '../hooks/use-undoing.ts';
import { selectionInWords } from '../words/reprocess.ts';
import { EarlierJudgings } from './earlier-judgings.tsx';
import { ReprocessDifference } from './reprocess-difference.tsx';
import { ReprocessProgress } from './reprocess-progress.tsx';

interface Props {
	selection: Asked<'startReprocess'>;
	onJudged: () => void;
	onClose: () => void;
}

/** Judges stored mails again: shows the difference first, then does it, and offers to undo it. */
export function JudgeAgain({ selection, onJudged, onClose }: Props) {
	const preview = useCall('previewReprocess', selection);
	const [started, setStarted] = useState<Reprocessing>();
	const { isBusy, error, attempt } = useDeed();
	const { offer, undo } = useUndoing(onJudged);
	const takeBack = (id: number) => () => call('undoReprocess', { id });
	const { totals } = preview.data ?? {};
	const isSame = totals && howMuch(totals) === 0;

	async function start() {
		const answer = await attempt(() => call('startReprocess', selection));
		if (answer) setStarted(answer);
	}

	function end({ id, sentence }: Reprocessing) {
		onClose();
		onJudged();
		offer({ sentence, hasChanged: true }, takeBack(id));
	}

	return (
		<Modal
			title={__('Judge stored mails again?', 'return-channel')}
			size="large"
			onRequestClose={onClose}
			className="rc-confirm"
		>
			<div className="rc-dialog-form">
				<p className="rc-quiet">
					{selectionInWords(selection)}{' '}
					{__(
						'Where the judgment changes, your rules are asked too, as about a new mail. What they did before stays done.',
						'return-channel',
					)}
				</p>
				{preview.error && <Failing error={preview.error} onRetry={preview.reload} />}
				{!preview.data && !preview.error && (
					<Loading
						sentence={__('Judging the mails without changing anything…', 'return-channel')}
					/>
				)}
				{preview.data && <ReprocessDifference preview={preview.data} />}
				{error && (
					<Notice status="error" isDismissible={false} spokenMessage={error.message}>
						{error.message}
					</Notice>
				)}
				{!started && (
					<EarlierJudgings
						onUndo={(id) => {
							onClose();
							void undo(takeBack(id));
						}}
					/>
				)}
				{started && <ReprocessProgress started={started} onEnd={end} />}
				<div className="rc-buttons is-end">
					<Button variant="tertiary" __next40pxDefaultSize onClick={onClose}>
						{__('Close', 'return-channel')}
					</Button>
					<Button
						variant="primary"
						__next40pxDefaultSize
						isBusy={isBusy || Boolean(started)}
						disabled={isBusy || Boolean(started) || !preview.data || isSame}
						accessibleWhenDisabled
						onClick={() => void start()}
					>
						{__('Judge again', 'return-channel')}
					</Button>
				</div>
			</div>
		</Modal>
	);
}

/** How much would change; a hold may come or go although every bounce stays as it is. */
function howMuch({ changed, added, removed, held, released }: ReprocessTotals): number {
	return changed + added + removed + held + released;
}
