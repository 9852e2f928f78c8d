import { Button, Modal, Notice } from '@wordpress/components';
import { useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { FormEvent, ReactNode } from 'react';
import { useDeed } from '../hooks/use-deed.ts';
import { useFirstWrong } from '../hooks/use-first-wrong.ts';
import { mayLeave } from '../hooks/use-unsaved.ts';

interface Props {
	title: string;
	/** What the button says: the deed, not "OK". */
	verb: string;
	size?: 'medium' | 'large';
	/** Nothing to send yet. */
	isIncomplete?: boolean;
	/** Sends the form. When it throws, the dialog stays open and says why. */
	onSubmit: () => Promise<void>;
	onClose: () => void;
	/** The fields; what the service says is wrong with each comes in by its name. */
	children: (problems: Readonly<Record<string, string>>) => ReactNode;
}

/** A form in a dialog of its own, with what was wrong beside each field. */
export function FormDialog(props: Props) {
	const { title, verb, size = 'medium', isIncomplete, onSubmit, onClose, children } = props;
	const { isBusy, error, attempt } = useDeed();
	const form = useFirstWrong(error);
	const isChanged = useRef(false);

	function submit(event: FormEvent) {
		event.preventDefault();
		void attempt(onSubmit);
	}

	/** Escape and a click beside the dialog happen by mistake; what was filled in is worth a question. */
	function leave() {
		if (!isChanged.current || mayLeave()) onClose();
	}

	return (
		<Modal
			title={title}
			size={size}
			onRequestClose={leave}
			focusOnMount="firstContentElement"
			className="rc-confirm"
		>
			<form
				ref={form}
				className="rc-dialog-form"
				onSubmit={submit}
				onChange={() => {
					isChanged.current = true;
				}}
				noValidate
			>
				{error && (
					<Notice status="error" isDismissible={false} spokenMessage={error.message}>
						{error.message}
					</Notice>
				)}
				{children(error?.fields ?? {})}
				<div className="rc-buttons is-end">
					<Button variant="tertiary" __next40pxDefaultSize onClick={onClose}>
						{__('Cancel', 'return-channel')}
					</Button>
					<Button
						type="submit"
						variant="primary"
						__next40pxDefaultSize
						isBusy={isBusy}
						disabled={isBusy || isIncomplete}
						accessibleWhenDisabled
					>
						{verb}
					</Button>
				</div>
			</form>
		</Modal>
	);
}
