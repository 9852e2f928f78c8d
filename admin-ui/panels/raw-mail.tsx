import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { RawMail } from '../../service/contract/bounce.ts';
import { call } from '../api.ts';
import { Failing } from '../components/states.tsx';
import { download } from '../files.ts';
import { useDeed } from '../hooks/use-deed.ts';
import { size } from '../words/figures.ts';

/** The mail as it came: fetched only when asked for, shown as text and never as HTML, and offered as a file. */
export function RawMailSection({ bounceId }: { bounceId: number }) {
	const [mail, setMail] = useState<RawMail>();
	const { isBusy, error, attempt } = useDeed();

	async function fetchMail() {
		const fetched = await attempt(() => call('getRawMail', { id: bounceId }));
		if (fetched) setMail(fetched);
	}

	if (error) return <Failing error={error} onRetry={() => void fetchMail()} />;
	if (!mail) {
		return (
			<Button
				variant="secondary"
				__next40pxDefaultSize
				isBusy={isBusy}
				disabled={isBusy}
				accessibleWhenDisabled
				onClick={() => void fetchMail()}
			>
				{__('Show the mail as it came', 'return-channel')}
			</Button>
		);
	}
	return (
		<>
			<h3>{__('The mail as it came', 'return-channel')}</h3>
			<p>
				{sprintf(
					mail.isTruncated
						? /* translators: %s: a size such as 35 MB. */
							__('The mail has %s; only its beginning is kept.', 'return-channel')
						: /* translators: %s: a size such as 4.2 kB. */
							__('The mail has %s.', 'return-channel'),
					size(mail.sizeBytes),
				)}
			</p>
			<pre
				className="rc-mail"
				tabIndex={0}
				role="region"
				aria-label={__('The mail as it came', 'return-channel')}
			>
				{mail.raw}
			</pre>
			<Button
				variant="secondary"
				__next40pxDefaultSize
				onClick={() => save(mail.raw, `bounce-${bounceId}.eml`)}
			>
				{__('Download the mail', 'return-channel')}
			</Button>
		</>
	);
}

/** Byte for byte: each Latin-1 character of `raw` is one byte. */
function save(raw: string, fileName: string) {
	const bytes = Uint8Array.from(raw, (character) => character.charCodeAt(0));
	download(fileName, 'message/rfc822', bytes);
}
