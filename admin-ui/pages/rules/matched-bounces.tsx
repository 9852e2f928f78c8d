import { __ } from '@wordpress/i18n';
import type { MatchedBounce } from '../../../service/contract/rule.ts';
import { TypeBadge } from '../../components/badge.tsx';

/** Bounces that an expression matches, with its words marked. */
export function MatchedBounces({ matches }: { matches: MatchedBounce[] }) {
	if (matches.length === 0) return null;
	return (
		<ul
			className="rc-matches"
			tabIndex={0}
			aria-label={__('Bounces with the words', 'return-channel')}
		>
			{matches.map(({ bounce, excerpt }) => (
				<li key={bounce.id}>
					<span className="rc-name">{bounce.email}</span> <TypeBadge type={bounce.type} />{' '}
					<span className="rc-quiet">{bounce.reasonLabel}</span>
					<blockquote className="rc-words">
						{excerpt.before}
						<mark>{excerpt.words}</mark>
						{excerpt.after}
					</blockquote>
				</li>
			))}
		</ul>
	);
}
