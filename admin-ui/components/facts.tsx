import type { ReactNode } from 'react';

export interface Fact {
	name: string;
	/** A fact that is null or "" is not shown. */
	value: ReactNode;
}

/** Names and values, side by side. */
export function Facts({ facts }: { facts: Fact[] }) {
	return (
		<dl className="rc-facts">
			{facts
				.filter(({ value }) => value !== null && value !== '')
				.map(({ name, value }) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</div>
				))}
		</dl>
	);
}
