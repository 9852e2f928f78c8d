import { Button } from '@wordpress/components';
import { useEffect, useId, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import { TextField } from '../../components/fields.tsx';
import { Failing, Loading } from '../../components/states.tsx';
import { When } from '../../components/when.tsx';
import { useCall } from '../../hooks/use-call.ts';
import type { View } from '../../hooks/use-view.ts';
import { subjectOf } from '../../words/activities.ts';
import { OutcomeBadge } from './outcome-badge.tsx';
import type { OutcomeKey } from './outcomes-view.ts';

const leastLetters = 2;

/** "Why was this mail not filed?", asked by what one remembers of it and answered in a sentence. */
export function WhyNotFiled({
	view,
	onOpen,
}: {
	view: View<OutcomeKey>;
	onOpen: (outcomeId: number) => void;
}) {
	const headingId = useId();
	const { why } = view.values;
	const [typed, setTyped] = useState(why);
	useEffect(() => setTyped(why), [why]);

	function ask(event: FormEvent) {
		event.preventDefault();
		view.change({ why: typed.trim().length >= leastLetters ? typed.trim() : '' });
	}

	return (
		<section className="rc-why" aria-labelledby={headingId}>
			<h2 id={headingId}>{__('Why was this mail not filed?', 'return-channel')}</h2>
			<form onSubmit={ask} className="rc-why-form">
				<TextField
					label={__('Message-ID, sender’s address or words of the subject', 'return-channel')}
					maxLength={300}
					value={typed}
					onChange={setTyped}
				/>
				<Button
					type="submit"
					variant="secondary"
					__next40pxDefaultSize
					disabled={typed.trim().length < leastLetters}
					accessibleWhenDisabled
				>
					{__('Find out', 'return-channel')}
				</Button>
				{why && (
					<Button variant="tertiary" __next40pxDefaultSize onClick={() => view.change({ why: '' })}>
						{__('Close', 'return-channel')}
					</Button>
				)}
			</form>
			{why && <Answer search={why} onOpen={onOpen} />}
		</section>
	);
}

function Answer({ search, onOpen }: { search: string; onOpen: (outcomeId: number) => void }) {
	const { data, error, reload } = useCall('whyNotFiled', { search });
	if (error) return <Failing error={error} onRetry={reload} />;
	if (!data) return <Loading sentence={__('Looking it up…', 'return-channel')} />;
	return (
		<div role="status">
			<p>{data.sentence}</p>
			<ul className="rc-why-found">
				{data.outcomes.map((mail) => (
					<li key={mail.id}>
						<Button variant="link" className="rc-name" onClick={() => onOpen(mail.id)}>
							<bdi>{subjectOf(mail)}</bdi>
						</Button>{' '}
						<OutcomeBadge mail={mail} />
						<span className="rc-quiet">
							<bdi>{mail.sender}</bdi> · {mail.accountName} · <When at={mail.at} />
						</span>
					</li>
				))}
			</ul>
		</div>
	);
}
