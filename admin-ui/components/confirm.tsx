import { Button, Modal, Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { useDeed } from '../hooks/use-deed.ts';

interface Props {
	title: string;
	/** What will happen, and how many it concerns. */
	children: ReactNode;
	/** What the button says: the deed, not "OK". */
	verb: string;
	isDestructive?: boolean;
	/** Does it. When it throws, the dialog stays open and says why. */
	onConfirm: () => Promise<void>;
	onClose: () => void;
}

/** Asks before a deed, does it, and stays open with the reason when it fails. */
export function Confirm({ title, children, verb, isDestructive, onConfirm, onClose }: Props) {
	const { isBusy, error, attempt } = useDeed();
	return (
		<Modal title={title} size="medium" onRequestClose={onClose} className="rc-confirm">
			{error && (
				<Notice status="error" isDismissible={false} spokenMessage={error.message}>
					{error.message}
				</Notice>
			)}
			{children}
			<div className="rc-buttons is-end">
				<Button variant="tertiary" __next40pxDefaultSize onClick={onClose}>
					{__('Cancel', 'return-channel')}
				</Button>
				<Button
					variant="primary"
					__next40pxDefaultSize
					isDestructive={isDestructive}
					isBusy={isBusy}
					disabled={isBusy}
					accessibleWhenDisabled
					onClick={() => void attempt(onConfirm)}
				>
					{verb}
				</Button>
			</div>
		</Modal>
	);
}
