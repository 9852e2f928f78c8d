import { __, _n, sprintf } from '@wordpress/i18n';
import type { TriedVerdict } from '../../../service/contract/catalogue.ts';
import { Badge, TrustBadge, TypeBadge } from '../../components/badge.tsx';
import { Evidence } from '../../components/evidence.tsx';
import { Facts } from '../../components/facts.tsx';
import { MakeFrom } from '../../components/make-from.tsx';
import { faultExplained, matchedByExplained, typeExplained } from '../../words/bounces.ts';
import { figure } from '../../words/figures.ts';

/** What a mail says about one recipient, and what would follow from it here. */
export function TriedVerdictCard({ tried }: { tried: TriedVerdict }) {
	const { verdict, reasonLabel, advice, matchedBy } = tried;
	const words = verdict.evidence || verdict.diagnostic || '';
	return (
		<section className="rc-card">
			<h2>{verdict.recipient ?? __('No recipient named', 'return-channel')}</h2>
			<p className="rc-verdict">
				<strong>{reasonLabel}</strong> <TypeBadge type={verdict.type} />{' '}
				{!verdict.isRecognised && (
					<Badge tone="warning">{__('Not recognised', 'return-channel')}</Badge>
				)}
			</p>
			<p>{`${typeExplained(verdict.type)} ${faultExplained(verdict.fault)} ${advice}`.trim()}</p>
			{verdict.diagnostic && (
				<blockquote className="rc-words">
					<Evidence text={verdict.diagnostic} evidence={verdict.evidence ?? null} />
				</blockquote>
			)}
			<Facts
				facts={[
					{ name: __('Here', 'return-channel'), value: <Here tried={tried} /> },
					{ name: __('If it were proved', 'return-channel'), value: <IfProved tried={tried} /> },
					{
						name: __('Whose it is', 'return-channel'),
						value: (
							<>
								{tried.email ?? __('Nobody here has this address.', 'return-channel')}{' '}
								<TrustBadge trust={tried.trust} /> {matchedByExplained(matchedBy)}
							</>
						),
					},
					{ name: __('Status', 'return-channel'), value: verdict.status ?? null },
					{ name: __('SMTP reply', 'return-channel'), value: verdict.replyCode ?? null },
					{
						name: __('Reporting server', 'return-channel'),
						value: verdict.reportingServer ?? null,
					},
					{
						name: __('Decided by', 'return-channel'),
						value: <code>{verdict.decidedBy}</code>,
					},
				]}
			/>
			<MakeFrom words={words} />
		</section>
	);
}

/** As things stand: the address, its earlier bounces, the settings. */
function Here({ tried: { holds, counts, because, countingExplained } }: { tried: TriedVerdict }) {
	return (
		<>
			{holds && <Badge tone="bad">{__('Would be put on hold', 'return-channel')}</Badge>}
			{!holds && counts && <Badge tone="warning">{__('Would count', 'return-channel')}</Badge>}
			{!holds && !counts && <Badge>{__('Would be recorded only', 'return-channel')}</Badge>}{' '}
			{because}
			{!because.includes(countingExplained) && ` ${countingExplained}`}
		</>
	);
}

/** The same bounce, surely about a mail of ours, to somebody whose mail never bounced before. */
function IfProved({ tried: { ifProved } }: { tried: TriedVerdict }) {
	const { counts, holdsAtOnce, holdThreshold, explained } = ifProved;
	if (!counts || holdThreshold === 0) return <>{explained}</>;
	if (holdsAtOnce)
		return <>{__('This one bounce would put the address on hold.', 'return-channel')}</>;
	return (
		<>
			{sprintf(
				/* translators: %s: number of bounces. */
				_n(
					'It would count; the address is held at %s such bounce.',
					'It would count; the address is held at %s such bounces.',
					holdThreshold,
					'return-channel',
				),
				figure(holdThreshold),
			)}
		</>
	);
}
