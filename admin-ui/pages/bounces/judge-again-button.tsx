import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { JudgeAgain } from '../../panels/judge-again.tsx';
import { theScreen } from '../../screen.ts';
import { selectionOf } from './bounce-view.ts';
import type { BounceValues } from './bounce-view.ts';

/** Judges again the mails that the list is narrowed to; says so where it is narrowed by more than mails can be. */
export function JudgeAgainButton({
	values,
	onJudged,
}: {
	values: BounceValues;
	onJudged: () => void;
}) {
	const [isAsking, setIsAsking] = useState(false);
	const selection = selectionOf(values);
	if (!theScreen().canManage) return null;
	return (
		<div className="rc-bulk">
			<Button
				variant="secondary"
				size="compact"
				disabled={!selection}
				accessibleWhenDisabled
				onClick={() => setIsAsking(true)}
			>
				{__('Judge again…', 'return-channel')}
			</Button>
			<span className="rc-quiet">
				{selection
					? __(
							'Judges the stored mails of this list by today’s settings; shows the difference first.',
							'return-channel',
						)
					: __(
							'Mails are chosen by type, day and “Not recognised”; take the other filters away to judge them again.',
							'return-channel',
						)}
			</span>
			{isAsking && selection && (
				<JudgeAgain selection={selection} onJudged={onJudged} onClose={() => setIsAsking(false)} />
			)}
		</div>
	);
}
