import { __, sprintf } from '@wordpress/i18n';
import { FieldGroup, TextField } from '../../components/fields.tsx';
import type { FieldsProps } from './draft.ts';

/** The address of a mailbox for activities, and the two ways in which mail gets there. */
export function OwnAddressFields({ draft, edit, problems }: FieldsProps) {
	const address = draft.ownAddress.trim();
	const isFolder = draft.protocol === 'imap' && /[./]/.test(draft.source);
	return (
		<FieldGroup title={__('How mail gets here', 'return-channel')}>
			<TextField
				type="email"
				label={__('Address of this mailbox', 'return-channel')}
				help={__(
					'It is nobody’s contact: mail is not filed with the mailbox itself.',
					'return-channel',
				)}
				placeholder="filing@example.org"
				isRequired
				value={draft.ownAddress}
				problem={problems.localPart ?? problems.emailDomain}
				onChange={(ownAddress) => edit({ ownAddress, localPart: '', emailDomain: '' })}
			/>
			<p className="rc-intro">
				{__('There are two ways, and both can be used at once:', 'return-channel')}
			</p>
			<ul className="rc-ways">
				<li>
					<strong>{__('By Bcc.', 'return-channel')}</strong>{' '}
					{sprintf(
						/* translators: %s: an e-mail address. */
						__(
							'Put %s into Bcc when you write to somebody. No recipient sees it, and the mail is filed with all of them.',
							'return-channel',
						),
						address || 'filing@example.org',
					)}
				</li>
				<li>
					<strong>{__('By a folder.', 'return-channel')}</strong>{' '}
					{isFolder
						? sprintf(
								/* translators: %s: name of a mail folder. */
								__(
									'Drag or copy a mail into the folder %s in your mail program: mails that you got and mails that you sent.',
									'return-channel',
								),
								draft.source,
							)
						: __(
								'Make a folder such as INBOX.civicrm in your own mail program, enter it above as the folder of this account, and drag or copy mails into it: mails that you got and mails that you sent.',
								'return-channel',
							)}
				</li>
			</ul>
			<p className="rc-intro">
				{__(
					'Every mail ends up in “processed” or “ignored” below the folder; copy a mail instead of dragging it if you want to keep it where it was.',
					'return-channel',
				)}
			</p>
		</FieldGroup>
	);
}
