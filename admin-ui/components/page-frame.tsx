import type { ReactNode } from 'react';
import { NoticeBoard } from './notice-board.tsx';

/** Heading, what the page is for, its buttons, the place for notices, and the page itself. */
export function PageFrame({
	title,
	purpose,
	actions,
	children,
}: {
	title: string;
	purpose: string;
	actions?: ReactNode;
	children: ReactNode;
}) {
	return (
		<div className="rc-page">
			<div className="rc-header">
				<div>
					<h1>{title}</h1>
					<p>{purpose}</p>
				</div>
				{actions && <div className="rc-buttons">{actions}</div>}
			</div>
			<NoticeBoard>{children}</NoticeBoard>
		</div>
	);
}
