import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import type { TriedMail } from '../../../service/contract/catalogue.ts';
import { call } from '../../api.ts';
import { TextAreaField } from '../../components/fields.tsx';
import { FileField } from '../../components/file-field.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Failing } from '../../components/states.tsx';
import { useDeed } from '../../hooks/use-deed.ts';
import { mailIn, mailInFile } from './mail-text.ts';
import type { Attempt } from './mail-text.ts';
import { TriedResult } from './tried-result.tsx';

export function TryPage() {
	return (
		<PageFrame
			title={__('Try a bounce', 'return-channel')}
			purpose={__(
				'See how a mail would be understood and what would be done about it. Nothing is stored, and nobody is put on hold.',
				'return-channel',
			)}
		>
			<TryBox />
		</PageFrame>
	);
}

function TryBox() {
	const [raw, setRaw] = useState('');
	const [isCut, setIsCut] = useState(false);
	/** What the text in the field stands for: itself, or the file that it shows. */
	const [attempted, setAttempted] = useState<Attempt>({ raw: '' });
	const [tried, setTried] = useState<{ mail: TriedMail; raw: string }>();
	const { isBusy, error, attempt } = useDeed();

	function take(text: string) {
		const mail = mailIn(text);
		setRaw(mail.text);
		setIsCut(mail.isCut);
		setAttempted({ raw: mail.text });
	}

	async function judge(wanted: Attempt, text: string) {
		setTried(undefined);
		const mail = await attempt(() => call('tryMail', wanted));
		if (mail) setTried({ mail, raw: text });
	}

	async function takeFile(file: File) {
		const mail = mailInFile(new Uint8Array(await file.arrayBuffer()));
		setRaw(mail.text);
		setIsCut(mail.isCut);
		setAttempted(mail.attempt);
		await judge(mail.attempt, mail.text);
	}

	function submit(event: FormEvent) {
		event.preventDefault();
		void judge(attempted, raw);
	}

	return (
		<>
			<form className="rc-try" onSubmit={submit}>
				<FileField
					label={__('Choose an .eml file', 'return-channel')}
					accept=".eml,.txt,message/rfc822,text/plain"
					onFile={(file) => void takeFile(file)}
				>
					<TextAreaField
						isCode
						rows={12}
						label={__('The mail with its header (paste it, or drop a file here)', 'return-channel')}
						help={
							isCut
								? __('The mail is very big; only its beginning is tried.', 'return-channel')
								: __(
										'In most mail programs: “Show original” or “View source”. It stays on your own server.',
										'return-channel',
									)
						}
						value={raw}
						onChange={take}
					/>
				</FileField>
				<Button
					type="submit"
					variant="primary"
					__next40pxDefaultSize
					isBusy={isBusy}
					disabled={isBusy || !raw.trim()}
					accessibleWhenDisabled
				>
					{__('Judge this mail', 'return-channel')}
				</Button>
			</form>
			{error && <Failing error={error} onRetry={() => void judge(attempted, raw)} />}
			{tried && <TriedResult mail={tried.mail} raw={tried.raw} />}
		</>
	);
}
