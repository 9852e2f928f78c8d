import { Modal } from '@wordpress/components';
import type { ReactNode } from 'react';
import { NoticeBoard } from './notice-board.tsx';

/** A dialog at the side of the page (the whole screen on a phone), with its own place for notices. */
export function SidePanel({
	title,
	onClose,
	children,
}: {
	title: string;
	onClose: () => void;
	children: ReactNode;
}) {
	return (
		<Modal
			title={title}
			onRequestClose={onClose}
			className="rc-panel"
			overlayClassName="rc-panel-overlay"
		>
			<NoticeBoard>{children}</NoticeBoard>
		</Modal>
	);
}
