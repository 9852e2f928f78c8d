import { Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { useCall } from '../../hooks/use-call.ts';

/** Where on the service's machine a mailbox may lie, which its operator decides, before somebody types a path in vain. */
export function AllowedFolders() {
	const { data } = useCall('getMailFolders', {});
	if (!data) return null;
	const { folders } = data;
	if (folders.length === 0) {
		const sentence = __(
			'The service may not read mailboxes on its own machine yet: whoever runs it has allowed no folder. That is done with the setting RETURN_CHANNEL_MAIL_FOLDERS, for example:',
			'return-channel',
		);
		return (
			<Notice status="warning" isDismissible={false} spokenMessage={sentence}>
				<p>{sentence}</p>
				<code className="rc-wraps">RETURN_CHANNEL_MAIL_FOLDERS=/var/mail:/srv/mail/{'{site}'}</code>
			</Notice>
		);
	}
	return (
		<p className="rc-intro">
			{__('This site may read mailboxes on the service’s machine below:', 'return-channel')}{' '}
			{folders.map((folder, index) => (
				<span key={folder}>
					{index > 0 && ', '}
					<code className="rc-wraps">{folder}</code>
				</span>
			))}
		</p>
	);
}
