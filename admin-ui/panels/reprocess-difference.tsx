import { __ } from '@wordpress/i18n';
import type { ReprocessPreview } from '../../service/contract/reprocess.ts';
import { Badge } from '../components/badge.tsx';

/** What judging again would change: the bounces, and the holds that come or go with them. */
export function ReprocessDifference({ preview }: { preview: ReprocessPreview }) {
	const { sentence, changes, holds } = preview;
	return (
		<>
			<p role="status">
				<strong>{sentence}</strong>
			</p>
			{holds.length > 0 && (
				<section>
					<h2>{__('Addresses', 'return-channel')}</h2>
					<ul
						className="rc-differences"
						tabIndex={0}
						aria-label={__('Addresses', 'return-channel')}
					>
						{holds.map(({ addressId, email, what, because }) => (
							<li key={addressId}>
								{what === 'held' ? (
									<Badge tone="bad">{__('Would be held', 'return-channel')}</Badge>
								) : (
									<Badge tone="good">{__('Would be released', 'return-channel')}</Badge>
								)}{' '}
								<span className="rc-name">{email}</span> <span className="rc-quiet">{because}</span>
							</li>
						))}
					</ul>
				</section>
			)}
			{changes.length > 0 && (
				<section>
					<h2>{__('Bounces', 'return-channel')}</h2>
					<ul className="rc-differences" tabIndex={0} aria-label={__('Bounces', 'return-channel')}>
						{changes.map((change, index) => (
							<li key={change.bounceId ?? `new-${index}`}>
								<span className="rc-name">{change.email}</span> {change.sentence}
								<span className="rc-quiet"> {change.subject}</span>
								{change.ruling && <p className="rc-quiet">{change.ruling}</p>}
							</li>
						))}
					</ul>
				</section>
			)}
		</>
	);
}
