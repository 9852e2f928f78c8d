import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ActivityDetail } from '../../../service/contract/activity.ts';
import { subjectOf } from '../../words/activities.ts';
import { frameHeight } from './frame-height.ts';

interface Props {
	mail: ActivityDetail;
	/** Pictures from elsewhere are shown. */
	isRemote: boolean;
	/** Without it, pictures from elsewhere are not offered here. */
	onRemote?: () => void;
}

/** What somebody wrote: as it was formatted, or as plain text with what it quotes folded away. */
export function MailBody({ mail, isRemote, onRemote }: Props) {
	const [asText, setAsText] = useState(false);
	const html = asText ? null : mail.html;
	return (
		<div className="rc-mail-body">
			{html !== null && mail.hasRemoteContent && !isRemote && <RemoteContent onShow={onRemote} />}
			{html === null ? <MailText mail={mail} /> : <MailFrame mail={mail} html={html} />}
			{mail.html !== null && (
				<Button variant="link" onClick={() => setAsText(!asText)}>
					{asText
						? __('Show it as it was formatted', 'return-channel')
						: __('Show it as plain text', 'return-channel')}
				</Button>
			)}
		</div>
	);
}

function RemoteContent({ onShow }: { onShow?: () => void }) {
	return (
		<div className="rc-remote">
			<p>
				{__(
					'Pictures from elsewhere are not shown: fetching them tells the sender that and where the mail is read.',
					'return-channel',
				)}
			</p>
			{onShow && (
				<Button variant="secondary" size="compact" onClick={onShow}>
					{__('Show pictures from elsewhere', 'return-channel')}
				</Button>
			)}
		</div>
	);
}

/** The service has made the HTML safe and given it a policy of its own. The sandbox is one more wall: it lets nothing in the mail
 *  run, reach this page or navigate it. Links open in a new window. `allow-same-origin` would let us measure how high the mail is,
 *  and would give a window that one of its links opens WordPress’s own origin: so its height is estimated, and can be changed. */
function MailFrame({ mail, html }: { mail: ActivityDetail; html: string }) {
	const [isTall, setIsTall] = useState(false);
	const pictures = mail.files.filter(({ isInline }) => isInline).length;
	const height = frameHeight(mail.text, pictures);
	return (
		<>
			<div className="rc-mail-frame" style={{ height: isTall ? '85vh' : height }}>
				<iframe
					title={subjectOf(mail)}
					sandbox="allow-popups allow-popups-to-escape-sandbox"
					referrerPolicy="no-referrer"
					srcDoc={html}
				/>
			</div>
			<Button variant="link" onClick={() => setIsTall(!isTall)}>
				{isTall ? __('Smaller', 'return-channel') : __('Larger', 'return-channel')}
			</Button>{' '}
		</>
	);
}

function MailText({ mail }: { mail: ActivityDetail }) {
	const { text, quotedText } = mail;
	return (
		<div className="rc-mail-text">
			{text.trim() ? (
				<div dir="auto">{text}</div>
			) : (
				<p className="rc-quiet">{__('The mail has no text.', 'return-channel')}</p>
			)}
			{quotedText.trim() && (
				<details className="rc-quoted">
					<summary>{__('Quoted text', 'return-channel')}</summary>
					<div dir="auto">{quotedText}</div>
				</details>
			)}
		</div>
	);
}
