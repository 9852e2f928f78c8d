import { Button } from '@wordpress/components';
import { useEffect, useId, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { RuleFields, WhatIf } from '../../../service/contract/rule.ts';
import { call } from '../../api.ts';
import { useDeed } from '../../hooks/use-deed.ts';
import { figure } from '../../words/figures.ts';
import { actionLabel } from '../../words/rules.ts';

/** Whom a rule would touch if it were applied to the stored bounces; asked for by a button, because all are looked at. */
export function RuleWhatIf({ draft, ruleId }: { draft: RuleFields; ruleId?: number }) {
	const headingId = useId();
	const [answer, setAnswer] = useState<WhatIf>();
	const { isBusy, error, attempt } = useDeed();
	const { expression, looksIn, actions, comment } = draft;
	const question = JSON.stringify([expression, looksIn, actions]);
	useEffect(() => setAnswer(undefined), [question]);

	async function ask() {
		const asked = { id: ruleId, expression, looksIn, actions, comment };
		setAnswer(await attempt(() => call('tryRule', asked)));
	}

	return (
		<section className="rc-card rc-preview" aria-labelledby={headingId}>
			<h2 id={headingId}>{__('Whom it would touch', 'return-channel')}</h2>
			{error && (
				<p className="rc-problem" role="alert">
					{error.message}
				</p>
			)}
			<div role="status">{answer && <p>{answer.outcome}</p>}</div>
			{answer ? (
				<Touched answer={answer} />
			) : (
				<Button
					variant="secondary"
					__next40pxDefaultSize
					isBusy={isBusy}
					disabled={isBusy}
					accessibleWhenDisabled
					onClick={() => void ask()}
				>
					{__('Show whom it would touch', 'return-channel')}
				</Button>
			)}
		</section>
	);
}

function Touched({ answer }: { answer: WhatIf }) {
	const { people, peopleTotal, unproved } = answer;
	return (
		<>
			{unproved > 0 && (
				<p className="rc-quiet">
					{sprintf(
						/* translators: %s: number of bounces. */
						_n(
							'%s bounce touches nobody, because anybody could have written it.',
							'%s bounces touch nobody, because anybody could have written them.',
							unproved,
							'return-channel',
						),
						figure(unproved),
					)}
				</p>
			)}
			{people.length > 0 && (
				<ul className="rc-people" tabIndex={0} aria-label={__('People', 'return-channel')}>
					{people.map(({ email, contactName, actions }) => (
						<li key={email}>
							<span className="rc-name">{email}</span> {contactName}
							<span className="rc-quiet"> {actions.map(actionLabel).join(', ')}</span>
						</li>
					))}
				</ul>
			)}
			{peopleTotal > people.length && (
				<p className="rc-quiet">
					{sprintf(
						/* translators: %s: number of people. */
						__('%s people in all.', 'return-channel'),
						figure(peopleTotal),
					)}
				</p>
			)}
		</>
	);
}
