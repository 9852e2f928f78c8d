import type { Outcome, OutcomeName } from '../../../service/contract/activity.ts';
import { Badge } from '../../components/badge.tsx';
import type { Tone } from '../../components/badge.tsx';
import { ignoredLabel, outcomeExplained, outcomeLabel } from '../../words/outcomes.ts';

const toneOf: Record<OutcomeName, Tone> = {
	acted: 'good',
	ignored: 'plain',
	failed: 'warning',
	'set-aside': 'bad',
};

/** What became of a mail, and for an ignored one why, in a few words. */
export function OutcomeBadge({ mail }: { mail: Pick<Outcome, 'outcome' | 'ignoredBecause'> }) {
	const { outcome, ignoredBecause } = mail;
	return (
		<>
			<Badge tone={toneOf[outcome]} title={outcomeExplained(outcome)}>
				{outcomeLabel(outcome)}
			</Badge>{' '}
			{ignoredBecause && ignoredBecause !== 'other' && (
				<Badge>{ignoredLabel(ignoredBecause)}</Badge>
			)}
		</>
	);
}
