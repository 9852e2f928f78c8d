import { Button } from '@wordpress/components';
import type { ReactNode } from 'react';
import { fileUrl } from '../api.ts';
import type { Asked, FileRoute } from '../api.ts';

interface Props<Name extends FileRoute> {
	route: Name;
	asked: Asked<Name>;
	/** For those who can't see beside what it stands. */
	label?: string;
	isSmall?: boolean;
	children: ReactNode;
}

/** A link that saves a file, as large as it is, without the page holding it in memory. */
export function FileLink<Name extends FileRoute>(props: Props<Name>) {
	const { route, asked, label, isSmall, children } = props;
	return (
		<Button
			variant="secondary"
			size={isSmall ? 'compact' : 'default'}
			__next40pxDefaultSize={!isSmall}
			href={fileUrl(route, asked)}
			download
			aria-label={label}
			onClick={(event: { currentTarget: HTMLAnchorElement }) => {
				// WordPress may have renewed the nonce since the link was drawn.
				event.currentTarget.href = fileUrl(route, asked);
			}}
		>
			{children}
		</Button>
	);
}
