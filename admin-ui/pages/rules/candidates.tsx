import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { CandidateReport, Rule } from '../../../service/contract/rule.ts';
import { call } from '../../api.ts';
import { useNotices } from '../../components/notice-board.tsx';
import { Empty, Failing } from '../../components/states.tsx';
import { useDeed } from '../../hooks/use-deed.ts';
import { theScreen } from '../../screen.ts';
import { figure } from '../../words/figures.ts';
import { ActivateStarterSet } from './activate-starter-set.tsx';
import { CandidateCard } from './candidate-card.tsx';
import type { SectionProps } from './section-props.ts';

/** Rules that do nothing until somebody activates them: suggested from bounces that no rule catches, or the starter set. */
export function Candidates({ rules, view, onChanged }: SectionProps) {
	const [report, setReport] = useState<CandidateReport>();
	const { isBusy, error, attempt } = useDeed();
	const { post } = useNotices();
	const [isActivating, setIsActivating] = useState(false);
	const membersOf = ({ id }: Rule) =>
		report?.candidates.find(({ rule }) => rule.id === id)?.members ?? 0;
	const candidates = rules
		.filter(({ state }) => state === 'candidate')
		.sort((a, b) => membersOf(b) - membersOf(a));

	async function search() {
		const found = await attempt(() => call('findRuleCandidates', {}));
		if (!found) return;
		setReport(found);
		onChanged();
		post({ status: 'info', sentence: foundSentence(found), keepsFocus: true });
	}

	async function addStarterSet() {
		if (!(await attempt(() => call('addStarterRules', { state: 'candidate' })))) return;
		onChanged();
		const sentence = __('The starter set is among the candidates.', 'return-channel');
		post({ status: 'success', sentence, keepsFocus: true });
	}

	return (
		<>
			<CandidateHead
				isBusy={isBusy}
				onSearch={() => void search()}
				onAddStarterSet={() => void addStarterSet()}
				onActivate={() => setIsActivating(true)}
			/>
			{error && <Failing error={error} onRetry={() => void search()} />}
			{candidates.length === 0 && (
				<Empty title={__('No candidates', 'return-channel')}>
					<p>
						{__(
							'Let Return Channel look through the stored bounces, or add the starter set.',
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
			{isActivating && (
				<ActivateStarterSet onActivated={onChanged} onClose={() => setIsActivating(false)} />
			)}
		</>
	);
}

function CandidateHead({
	isBusy,
	onSearch,
	onAddStarterSet,
	onActivate,
}: {
	isBusy: boolean;
	onSearch: () => void;
	onAddStarterSet: () => void;
	onActivate: () => void;
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
			<p className="rc-intro">
				{__(
					'A candidate does nothing until you activate it. Candidates come from words that many stored bounces share and no rule catches, or from the starter set of phpList’s manual.',
					'return-channel',
				)}
			</p>
			<div className="rc-buttons">
				<Button {...button} isBusy={isBusy} onClick={onSearch}>
					{__('Look for candidates', 'return-channel')}
				</Button>
				<Button {...button} onClick={onAddStarterSet}>
					{__('Add the manual’s starter set', 'return-channel')}
				</Button>
				<Button {...button} onClick={onActivate}>
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
