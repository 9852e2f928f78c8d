import { Button, FormFileUpload } from '@wordpress/components';
import { useState } from '@wordpress/element';
import type { ReactNode } from 'react';

interface Props {
	/** What the button says. */
	label: string;
	/** Such as ".csv,text/csv". */
	accept: string;
	onFile: (file: File) => void;
	/** The field for pasting; a file can be dropped on it. */
	children: ReactNode;
}

/** A field for pasting that also takes a file, chosen or dropped. */
export function FileField({ label, accept, onFile, children }: Props) {
	const [isOver, setIsOver] = useState(false);
	return (
		<div
			className={`rc-file-field ${isOver ? 'is-over' : ''}`}
			onDragOver={(event) => {
				event.preventDefault();
				setIsOver(true);
			}}
			onDragLeave={() => setIsOver(false)}
			onDrop={(event) => {
				event.preventDefault();
				setIsOver(false);
				const [file] = event.dataTransfer.files;
				if (file) onFile(file);
			}}
		>
			{children}
			<FormFileUpload
				accept={accept}
				onChange={(event) => {
					const [file] = event.currentTarget.files ?? [];
					if (file) onFile(file);
				}}
				render={({ openFileDialog }) => (
					<Button variant="secondary" __next40pxDefaultSize onClick={openFileDialog}>
						{label}
					</Button>
				)}
			/>
		</div>
	);
}
