import type { ReactNode } from 'react';

export interface Section<Name extends string> {
	name: Name;
	title: string;
}

/** The parts of a page, as WordPress's tabs; which one is shown is kept in the URL by the page. */
export function SectionNav<Name extends string>({
	label,
	sections,
	shown,
	onShow,
	children,
}: {
	label: string;
	sections: readonly Section<Name>[];
	shown: Name;
	onShow: (name: Name) => void;
	/** What stands at the end of the line. */
	children?: ReactNode;
}) {
	return (
		<div className="rc-sections">
			<nav aria-label={label}>
				{sections.map(({ name, title }) => (
					<button
						key={name}
						type="button"
						aria-current={name === shown ? 'page' : undefined}
						data-title={title}
						onClick={() => onShow(name)}
					>
						{title}
					</button>
				))}
			</nav>
			{children}
		</div>
	);
}
