import { Button, Notice } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ContactImport } from '../../../../service/contract/contact.ts';
import { FieldGroup, TextAreaField } from '../../../components/fields.tsx';
import { FileField } from '../../../components/file-field.tsx';
import { figure } from '../../../words/figures.ts';
import { useUpload } from './use-upload.ts';

/** Takes a CSV file, or pasted lines, and sends it to the service; nothing is imported yet. */
export function ImportStart({ onReady }: { onReady: (imported: ContactImport) => void }) {
	const [pasted, setPasted] = useState('');
	const { progress, error, send, goOn } = useUpload(onReady);
	const isBusy = progress !== undefined;
	return (
		<FieldGroup title={__('Import contacts from a CSV file', 'return-channel')}>
			<p>
				{__(
					'The first line names the columns. What each column means is asked next, with a preview; nothing changes before you start the import.',
					'return-channel',
				)}
			</p>
			<FileField
				label={__('Choose a CSV file', 'return-channel')}
				accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
				onFile={(file) => void send(file)}
			>
				<TextAreaField
					isCode
					rows={4}
					label={__('Lines (paste them, or drop a file here)', 'return-channel')}
					placeholder={'email,first name,last name\nanna@example.org,Anna,Berg'}
					value={pasted}
					onChange={setPasted}
				/>
			</FileField>
			{pasted.trim() !== '' && (
				<div>
					<Button
						variant="primary"
						__next40pxDefaultSize
						isBusy={isBusy}
						disabled={isBusy}
						accessibleWhenDisabled
						onClick={() => void send(new File([pasted], __('pasted lines.csv', 'return-channel')))}
					>
						{__('Go on with these lines', 'return-channel')}
					</Button>
				</div>
			)}
			<div role="status">{progress && <UploadProgress {...progress} />}</div>
			{error && (
				<Notice
					status="error"
					isDismissible={false}
					actions={
						goOn && [
							{ label: __('Go on with the upload', 'return-channel'), onClick: () => void goOn() },
						]
					}
				>
					{error.message}
				</Notice>
			)}
		</FieldGroup>
	);
}

function UploadProgress({ done, total }: { done: number; total: number }) {
	return (
		<div className="rc-progress">
			<progress aria-label={__('Upload of the file', 'return-channel')} max={total} value={done} />
			<p>
				{sprintf(
					/* translators: 1: parts of a file that arrived, 2: parts in all. */
					__('%1$s of %2$s parts of the file have arrived.', 'return-channel'),
					figure(done),
					figure(total),
				)}
			</p>
		</div>
	);
}
