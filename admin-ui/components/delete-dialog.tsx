import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { Confirm } from './confirm.tsx';
import { useNotices } from './notice-board.tsx';

interface Props {
	/** The question: "Delete this rule?" */
	title: string;
	/** What goes, and what stays. */
	children: ReactNode;
	/** Deletes it. When it throws, the dialog stays open and says why. @returns what came of it, in a sentence. */
	onDelete: () => Promise<{ sentence: string }>;
	onDeleted: () => void;
	onClose: () => void;
}

/** Asks before something is deleted, deletes it, closes and says what came of it. */
export function DeleteDialog({ title, children, onDelete, onDeleted, onClose }: Props) {
	const { post } = useNotices();

	async function remove() {
		const { sentence } = await onDelete();
		onClose();
		onDeleted();
		post({ status: 'success', sentence });
	}

	return (
		<Confirm
			title={title}
			verb={__('Delete', 'return-channel')}
			isDestructive
			onConfirm={remove}
			onClose={onClose}
		>
			{children}
		</Confirm>
	);
}
