import { useId } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { RulePreview } from '../../../service/contract/rule.ts';
import { figure } from '../../words/figures.ts';
import type { CallError } from '../../wire.ts';
import { ConflictList } from './conflict-list.tsx';
import { MatchedBounces } from './matched-bounces.tsx';

/** What an expression matches among the stored bounces, while it is being written. */
export function RulePreviewSection({
	preview,
	error,
	isOld,
}: {
	preview: RulePreview | undefined;
	error: CallError | undefined;
	/** The answer belongs to an older text. */
	isOld: boolean;
}) {
	const headingId = useId();
	return (
		<section className="rc-card rc-preview" aria-labelledby={headingId} aria-busy={isOld}>
			<h2 id={headingId}>{__('Among the stored bounces', 'return-channel')}</h2>
			<p role="status">{error ? error.message : countSentence(preview, isOld)}</p>
			{preview?.isValid && !isOld && (
				<>
					<p className="rc-quiet">
						{preview.sentence}{' '}
						{preview.types.map(({ type, count }) => `${type}: ${figure(count)}`).join(', ')}
					</p>
					<ConflictList conflicts={preview.conflicts} />
					<MatchedBounces matches={preview.examples} />
				</>
			)}
		</section>
	);
}

function countSentence(preview: RulePreview | undefined, isOld: boolean): string {
	if (isOld) return __('Looking through the stored bounces…', 'return-channel');
	if (!preview) return __('Write an expression to see what it matches.', 'return-channel');
	if (!preview.isValid)
		return __('The expression is wrong, so it was not tried.', 'return-channel');
	return sprintf(
		/* translators: %s: number of bounces. */
		_n('It matches %s bounce.', 'It matches %s bounces.', preview.matched, 'return-channel'),
		figure(preview.matched),
	);
}
