import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { CandidateReport, Rule, RuleCandidate } from '../../../service/contract/rule.ts';
import { call } from '../../api.ts';
import { useNotices } from '../../components/notice-board.tsx';
import { Empty, Failing } from '../../components/states.tsx';
import { useDeed } from '../../hooks/use-deed.ts';
import { theScreen } from '../../screen.ts';
import { figure } from '../../words/figures.ts';
import { ruleName } from '../../words/rules.ts';
import { ConflictList } from './conflict-list.tsx';
import { DeleteRule } from './delete-rule.tsx';
import { MatchedBounces } from './matched-bounces.tsx';
import { ActionList, RuleText } from './rule-columns.tsx';
import type { SectionProps } from './section-props.ts';

/** Rules that do nothing until somebody activates them: suggested from bounces that no rule catches, or the starter set. */
export function Candidates({ rules, view, onChanged }: SectionProps) {
	const [report, setReport] = useState<CandidateReport>();
	const { isBusy, error, attempt } = useDeed();
	const { post } = useNotices();
	const candidates = rules.filter(({ state }) => state === 'candidate');

	async function search() {
		const found = await attempt(() => call('findRuleCandidates', {}));
		if (!found) return;
		setReport(found);
		onChanged();
		post({ status: 'info', sentence: foundSentence(found), keepsFocus: true });
	}

	async function addStarterSet(state: 'active' | 'candidate') {
		if (!(await attempt(() => call('addStarterRules', { state })))) return;
		onChanged();
		const sentence =
			state === 'active'
				? __('The starter set is active for the bounces that come.', 'return-channel')
				: __('The starter set is among the candidates.', 'return-channel');
		post({ status: 'success', sentence, keepsFocus: true });
	}

	return (
		<>
			<CandidateHead
				isBusy={isBusy}
				onSearch={() => void search()}
				onAddStarterSet={(state) => void addStarterSet(state)}
			/>
			{error && <Failing error={error} onRetry={() => void search()} />}
			{candidates.length === 0 && (
				<Empty title={__('No candidates', 'return-channel')}>
					<p>
						{__(
							'Search for words that many bounces share and no rule catches, or take the starter set of phpList’s manual. Nothing happens to anybody until you activate a rule.',
							'return-channel',
						)}
					</p>
				</Empty>
			)}
			<div className="rc-tried">
				{candidates.map((rule) => (
					<CandidateCard
						key={rule.id}
						rule={rule}
						found={report?.candidates.find((one) => one.rule.id === rule.id)}
						onEdit={() => view.change({ rule: String(rule.id) })}
						onChanged={onChanged}
					/>
				))}
			</div>
		</>
	);
}

function CandidateHead({
	isBusy,
	onSearch,
	onAddStarterSet,
}: {
	isBusy: boolean;
	onSearch: () => void;
	onAddStarterSet: (state: 'active' | 'candidate') => void;
}) {
	if (!theScreen().canManage) return null;
	const button = {
		variant: 'secondary',
		__next40pxDefaultSize: true,
		disabled: isBusy,
		accessibleWhenDisabled: true,
	} as const;
	return (
		<div className="rc-list-head">
			<div className="rc-buttons">
				<Button {...button} isBusy={isBusy} onClick={onSearch}>
					{__('Search the stored bounces', 'return-channel')}
				</Button>
				<Button {...button} onClick={() => onAddStarterSet('candidate')}>
					{__('Add the manual’s starter set', 'return-channel')}
				</Button>
				<Button {...button} onClick={() => onAddStarterSet('active')}>
					{__('Activate the starter set', 'return-channel')}
				</Button>
			</div>
		</div>
	);
}

function foundSentence({ added, candidates, sentence }: CandidateReport): string {
	const words =
		added > 0
			? sprintf(
					/* translators: %s: number of rules. */
					_n('%s candidate was added.', '%s candidates were added.', added, 'return-channel'),
					figure(added),
				)
			: candidates.length > 0
				? __('No new candidate was found.', 'return-channel')
				: __('No words were found that several bounces share.', 'return-channel');
	return `${words} ${sentence}`;
}

function CandidateCard({
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
