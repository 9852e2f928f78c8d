import { __, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { figure } from '../words/figures.ts';

/** Widths, in pixels, of the places that wait for counts. */
const waiting = [64, 92, 78, 110, 84, 96];

/** How many there are of each kind, as a line of buttons that narrow a list. Without children the line keeps its place. The
 *  line never wraps, so that what is below it never jumps; a long one is scrolled. */
export function Counts({ label, children }: { label: string; children?: ReactNode }) {
	if (!children) {
		return (
			<div className="rc-counts" aria-hidden>
				{waiting.map((width) => (
					<span key={width} className="rc-count is-waiting" style={{ width }} />
				))}
			</div>
		);
	}
	return (
		<div className="rc-counts" role="group" aria-label={label}>
			{children}
		</div>
	);
}

/** One kind and how many of it; pressed while the list shows only those. */
export function Count({
	label,
	title,
	count,
	isPressed,
	onPress,
}: {
	label: string;
	title?: string;
	count: number;
	isPressed: boolean;
	onPress: () => void;
}) {
	return (
		<button
			type="button"
			className="rc-count"
			aria-pressed={isPressed}
			title={title || undefined}
			onClick={onPress}
			aria-label={sprintf(
				/* translators: 1: what is counted, such as a bounce type, 2: how many there are. */
				__('%1$s: %2$s', 'return-channel'),
				label,
				figure(count),
			)}
		>
			<span>{label}</span> <b>{figure(count)}</b>
		</button>
	);
}
