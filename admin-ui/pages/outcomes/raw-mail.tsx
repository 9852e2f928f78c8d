import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { fileUrl } from '../../api.ts';
import { useDeed } from '../../hooks/use-deed.ts';
import { size } from '../../words/figures.ts';
import { CallError } from '../../wire.ts';

/** As much of a mail as anybody reads on a screen. */
const shownBytes = 200_000;

/** The mail as it came, as text and never as HTML; of a large one only the beginning. */
export function RawMail({ outcomeId }: { outcomeId: number }) {
	const [mail, setMail] = useState<{ text: string; isCut: boolean }>();
	const { isBusy, error, attempt } = useDeed();
	const label = __('The mail as it came', 'return-channel');

	if (!mail) {
		return (
			<p className="rc-buttons">
				<Button
					variant="secondary"
					__next40pxDefaultSize
					isBusy={isBusy}
					disabled={isBusy}
					accessibleWhenDisabled
					onClick={() =>
						void attempt(() => beginningOf(outcomeId)).then(
							(fetched) => fetched && setMail(fetched),
						)
					}
				>
					{__('Show the mail as it came', 'return-channel')}
				</Button>
				{error && (
					<span className="rc-problem" role="alert">
						{error.message}
					</span>
				)}
			</p>
		);
	}
	return (
		<>
			<pre className="rc-mail" tabIndex={0} role="region" aria-label={label}>
				{mail.text}
			</pre>
			{mail.isCut && (
				<p className="rc-quiet">
					{sprintf(
						/* translators: %s: a size such as 200 kB. */
						__('These are the first %s; download the mail to see the rest.', 'return-channel'),
						size(shownBytes),
					)}
				</p>
			)}
		</>
	);
}

/** Reads no more of the file than is shown. Each byte is one character, as header fields want it.
 *  @throws CallError when the service has no such mail any more. */
async function beginningOf(outcomeId: number): Promise<{ text: string; isCut: boolean }> {
	const response = await fetch(fileUrl('downloadOutcome', { id: outcomeId }));
	if (!response.ok || !response.body) {
		const sentence = __('The mail could not be fetched. Try again in a moment.', 'return-channel');
		throw new CallError('mail_unavailable', sentence, response.status);
	}
	const reader = response.body.getReader();
	const parts: Uint8Array[] = [];
	let bytes = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return { text: latin1(parts), isCut: false };
		parts.push(value);
		bytes += value.length;
		if (bytes > shownBytes) {
			await reader.cancel();
			return { text: latin1(parts).slice(0, shownBytes), isCut: true };
		}
	}
}

function latin1(parts: readonly Uint8Array[]): string {
	const decoder = new TextDecoder('latin1');
	return parts.map((part) => decoder.decode(part)).join('');
}
