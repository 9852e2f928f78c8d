import { __, _n, sprintf } from '@wordpress/i18n';
import type { Conflicts } from '../../../service/contract/rule.ts';
import { figure } from '../../words/figures.ts';

/** What speaks against a rule, or should be seen before it is activated. */
export function ConflictList({ conflicts }: { conflicts: Conflicts }) {
	const { otherTypes, caughtBefore, notTheirFault } = conflicts;
	const warnings: string[] = [];
	if (notTheirFault > 0) {
		warnings.push(
			sprintf(
				/* translators: %s: number of bounces. */
				_n(
					'%s of them is not the recipient’s fault.',
					'%s of them are not the recipients’ fault.',
					notTheirFault,
					'return-channel',
				),
				figure(notTheirFault),
			),
		);
	}
	if (otherTypes.length > 0) {
		const types = otherTypes.map(({ type, count }) => `${type} (${figure(count)})`).join(', ');
		/* translators: %s: bounce types with numbers. */
		warnings.push(sprintf(__('Other types are among them: %s.', 'return-channel'), types));
	}
	for (const { name, count } of caughtBefore) {
		warnings.push(
			sprintf(
				/* translators: 1: number of bounces, 2: name of a rule. */
				_n(
					'%1$s is caught by “%2$s” before it.',
					'%1$s are caught by “%2$s” before it.',
					count,
					'return-channel',
				),
				figure(count),
				name,
			),
		);
	}
	if (warnings.length === 0) return null;
	return (
		<ul className="rc-log">
			{warnings.map((warning) => (
				<li key={warning} className="is-warning">
					{warning}
				</li>
			))}
		</ul>
	);
}
