import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { Reprocessing } from '../../service/contract/reprocess.ts';
import { Badge } from '../components/badge.tsx';
import { When } from '../components/when.tsx';
import { useCall } from '../hooks/use-call.ts';
import { selectionInWords } from '../words/reprocess.ts';

const mostShown = 5;

/** The last times that stored mails were judged again, each with its way back. */
export function EarlierJudgings({ onUndo }: { onUndo: (id: number) => void }) {
	const { data } = useCall('listReprocessings', { per_page: mostShown });
	if (!data || data.total === 0) return null;
	return (
		<details className="rc-earlier">
			<summary>{__('Earlier judgings', 'return-channel')}</summary>
			<ul>
				{data.rows.map((earlier) => (
					<li key={earlier.id}>
						<When at={earlier.askedAt} />{' '}
						<span className="rc-quiet">
							{earlier.who} · {selectionInWords(earlier.selection)}
						</span>
						<p>
							{earlier.sentence} <UndoEarlier earlier={earlier} onUndo={onUndo} />
						</p>
					</li>
				))}
			</ul>
		</details>
	);
}

function UndoEarlier({
	earlier: { id, state, sentence },
	onUndo,
}: {
	earlier: Reprocessing;
	onUndo: (id: number) => void;
}) {
	if (state === 'undone') return <Badge>{__('Undone', 'return-channel')}</Badge>;
	if (state !== 'done') return null;
	return (
		<Button
			variant="link"
			onClick={() => onUndo(id)}
			aria-label={`${__('Undo', 'return-channel')} ${sentence}`}
		>
			{__('Undo', 'return-channel')}
		</Button>
	);
}
