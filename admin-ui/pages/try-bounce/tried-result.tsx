import { useEffect, useRef } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { TriedMail } from '../../../service/contract/catalogue.ts';
import { Badge } from '../../components/badge.tsx';
import { Evidence } from '../../components/evidence.tsx';
import { Facts } from '../../components/facts.tsx';
import { figure } from '../../words/figures.ts';
import { kindExplained, kindLabel } from '../../words/catalogue.ts';
import { TriedVerdictCard } from './tried-verdict.tsx';

/** What stays visible above the words. */
const linesAbovePx = 120;

/** What the service makes of a mail: what it is, what it says about whom, and what would be done here. */
export function TriedResult({ mail, raw }: { mail: TriedMail; raw: string }) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), [mail]);
	const [first] = mail.verdicts;
	return (
		<div className="rc-tried">
			<section className="rc-card">
				<h2 ref={heading} tabIndex={-1}>
					{kindLabel(mail.kind)}
				</h2>
				<p>
					{kindExplained(mail.kind)} {mail.because}
				</p>
				<Facts
					facts={[
						{ name: __('Subject', 'return-channel'), value: mail.subject },
						{
							name: __('Decided by', 'return-channel'),
							value: <code>{mail.decidedBy}</code>,
						},
						{ name: __('New address', 'return-channel'), value: mail.newAddress },
						{
							name: __('Damage', 'return-channel'),
							value: mail.damage.length ? mail.damage.join(' ') : null,
						},
					]}
				/>
				{mail.slowPatterns.length > 0 && (
					<p>
						<Badge tone="warning">{__('Slow patterns', 'return-channel')}</Badge>{' '}
						{sprintf(
							/* translators: %s: numbers of patterns. */
							_n(
								'This pattern takes too long on this mail: %s.',
								'These patterns take too long on this mail: %s.',
								mail.slowPatterns.length,
								'return-channel',
							),
							mail.slowPatterns.map((id) => figure(id)).join(', '),
						)}
					</p>
				)}
			</section>
			{mail.verdicts.map((tried, index) => (
				<TriedVerdictCard key={index} tried={tried} />
			))}
			<MailWithWords raw={raw} words={first?.verdict.evidence} />
		</div>
	);
}

/** The mail, scrolled to the words that decided. */
function MailWithWords({ raw, words }: { raw: string; words: string | undefined }) {
	const place = useRef<HTMLPreElement>(null);
	useEffect(() => {
		const mark = place.current?.querySelector('mark');
		if (place.current && mark) place.current.scrollTop = mark.offsetTop - linesAbovePx;
	}, [raw, words]);
	return (
		<section className="rc-card">
			<h2>{__('The words in the mail', 'return-channel')}</h2>
			<pre
				ref={place}
				className="rc-mail"
				tabIndex={0}
				role="region"
				aria-label={__('The mail as it came', 'return-channel')}
			>
				<Evidence text={raw} evidence={words ?? null} />
			</pre>
		</section>
	);
}
