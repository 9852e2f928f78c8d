import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { JudgeAgain } from '../../panels/judge-again.tsx';
import { theScreen } from '../../screen.ts';
import { figure } from '../../words/figures.ts';
import { selectionOf } from './bounce-view.ts';
import type { BounceValues } from './bounce-view.ts';

interface Props {
	values: BounceValues;
	/** Bounces that are ticked. */
	chosen: readonly number[];
	onChooseNone: () => void;
	onJudged: () => void;
}

/** Judges again the mails of the bounces that are ticked, or, when none is, those that the list is narrowed to; says so where
 *  it is narrowed by more than mails can be. */
export function JudgeAgainBar({ values, chosen, onChooseNone, onJudged }: Props) {
	const [isAsking, setIsAsking] = useState(false);
	const selection = chosen.length > 0 ? { ids: [...chosen] } : selectionOf(values);
	if (!theScreen().canManage) return null;
	return (
		<div className="rc-bulk">
			<Button
				variant={chosen.length > 0 ? 'primary' : 'secondary'}
				size="compact"
				disabled={!selection}
				accessibleWhenDisabled
				onClick={() => setIsAsking(true)}
			>
				{chosen.length > 0
					? __('Judge selected again…', 'return-channel')
					: __('Judge again…', 'return-channel')}
			</Button>
			<span className="rc-quiet" role="status">
				{inWords(chosen.length, Boolean(selection))}
			</span>
			{chosen.length > 0 && (
				<Button variant="link" onClick={onChooseNone}>
					{__('Select none', 'return-channel')}
				</Button>
			)}
			{isAsking && selection && (
				<JudgeAgain
					selection={selection}
					onJudged={() => {
						onChooseNone();
						onJudged();
					}}
					onClose={() => setIsAsking(false)}
				/>
			)}
		</div>
	);
}

function inWords(chosen: number, canTakeList: boolean): string {
	if (chosen > 0) {
		return sprintf(
			/* translators: %s: number of bounces. */
			_n('%s bounce is selected.', '%s bounces are selected.', chosen, 'return-channel'),
			figure(chosen),
		);
	}
	return canTakeList
		? __(
				'Judges the stored mails of this list by today’s settings; shows the difference first.',
				'return-channel',
			)
		: __(
				'A list narrowed by this is not judged as a whole: select bounces, or narrow it by type, day and “Not recognised” only.',
				'return-channel',
			);
}
