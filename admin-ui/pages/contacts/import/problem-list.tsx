import { __, sprintf } from '@wordpress/i18n';
import type { ContactImport } from '../../../../service/contract/contact.ts';
import { figure } from '../../../words/figures.ts';

/** The lines of the file that can't be imported, each with its reason. */
export function ProblemList({ problems }: { problems: ContactImport['problems'] }) {
	if (problems.length === 0) return null;
	return (
		<>
			<h3>{__('Lines that can’t be imported', 'return-channel')}</h3>
			<ul
				className="rc-lines"
				// Scrolls, so it must be reachable by keyboard.
				tabIndex={0}
				aria-label={__('Lines that can’t be imported', 'return-channel')}
			>
				{problems.map(({ line, sentence }) => (
					<li key={line}>
						<strong>
							{/* translators: %s: the number of a line in a file. */}
							{sprintf(__('Line %s', 'return-channel'), figure(line))}
						</strong>
						: {sentence}
					</li>
				))}
			</ul>
		</>
	);
}
