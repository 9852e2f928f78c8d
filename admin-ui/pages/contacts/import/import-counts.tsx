import { __ } from '@wordpress/i18n';
import { figure } from '../../../words/figures.ts';
import { becomingLabel } from '../../../words/imports.ts';
import type { Becoming } from '../../../words/imports.ts';

const becomings: readonly Becoming[] = ['added', 'changed', 'skipped', 'failed'];

/** How many lines become what. */
export function ImportCounts({ counts }: { counts: Readonly<Record<Becoming, number>> }) {
	return (
		<dl className="rc-tallies" aria-label={__('Lines of the file', 'return-channel')}>
			{becomings.map((becoming) => (
				<div key={becoming}>
					<dt>{becomingLabel(becoming)}</dt>
					<dd>{figure(counts[becoming])}</dd>
				</div>
			))}
		</dl>
	);
}
