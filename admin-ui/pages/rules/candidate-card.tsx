import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Rule, RuleCandidate } from '../../../service/contract/rule.ts';
import { call } from '../../api.ts';
import { useNotices } from '../../components/notice-board.tsx';
import { useDeed } from '../../hooks/use-deed.ts';
import { theScreen } from '../../screen.ts';
import { figure } from '../../words/figures.ts';
import { ruleName } from '../../words/rules.ts';
import { ConflictList } from './conflict-list.tsx';
import { DeleteRule } from './delete-rule.tsx';
import { MatchedBounces } from './matched-bounces.tsx';
import { ActionList, RuleText } from './rule-columns.tsx';

/** One candidate, with what the last search found out about it. */
export function CandidateCard({
	rule,
	found,
	onEdit,
	onChanged,
}: {
	rule: Rule;
	/** What the last search knows about it. */
	found?: RuleCandidate;
	onEdit: () => void;
	onChanged: () => void;
}) {
	const [isLeaving, setIsLeaving] = useState(false);
	const { isBusy, error, attempt } = useDeed();
	const { post } = useNotices();
	const name = ruleName(rule);

	async function activate() {
		if (!(await attempt(() => call('setRuleState', { id: rule.id, state: 'active' })))) return;
		onChanged();
		/* translators: %s: name of a rule. */
		const sentence = sprintf(
			__('“%s” is active for the bounces that come.', 'return-channel'),
			name,
		);
		post({ status: 'success', sentence });
	}

	return (
		<article className="rc-card" aria-label={name}>
			<RuleText rule={rule} />
			<p>
				<ActionList actions={rule.actions} />
				{found && ` · ${membersSentence(found.members)}`}
			</p>
			{found && <ConflictList conflicts={found.conflicts} />}
			{found && <MatchedBounces matches={found.examples.slice(0, 3)} />}
			{error && (
				<p className="rc-problem" role="alert">
					{error.message}
				</p>
			)}
			{theScreen().canManage && (
				<div className="rc-buttons">
					<Button
						variant="secondary"
						size="compact"
						isBusy={isBusy}
						disabled={isBusy}
						accessibleWhenDisabled
						onClick={() => void activate()}
						aria-label={`${__('Activate', 'return-channel')} ${name}`}
					>
						{__('Activate', 'return-channel')}
					</Button>
					<Button
						variant="secondary"
						size="compact"
						onClick={onEdit}
						aria-label={`${__('Edit', 'return-channel')} ${name}`}
					>
						{__('Edit', 'return-channel')}
					</Button>
					<Button
						variant="tertiary"
						isDestructive
						size="compact"
						onClick={() => setIsLeaving(true)}
						aria-label={`${__('Delete', 'return-channel')} ${name}`}
					>
						{__('Delete', 'return-channel')}
					</Button>
				</div>
			)}
			{isLeaving && (
				<DeleteRule rule={rule} onDeleted={onChanged} onClose={() => setIsLeaving(false)} />
			)}
		</article>
	);
}

function membersSentence(members: number): string {
	return sprintf(
		/* translators: %s: number of bounces. */
		_n('%s bounce has these words.', '%s bounces have these words.', members, 'return-channel'),
		figure(members),
	);
}
