import { __ } from '@wordpress/i18n';
import { isOnThisMachine, protocols } from '../../../service/contract/account.ts';
import type { AccountUse, Protocol } from '../../../service/contract/account.ts';
import { ChoiceField, FieldGroup, TextField, TickField } from '../../components/fields.tsx';
import { protocolLabel } from '../../words/accounts.ts';
import { readBy } from './draft.ts';
import type { FieldsProps } from './draft.ts';
import { AllowedFolders } from './allowed-folders.tsx';
import { ServerFields } from './server-fields.tsx';
import { SignInFields } from './sign-in-fields.tsx';

/** Where the mail is. A mail server has more to ask than a folder on this machine. */
export function MailboxFields({
	draft,
	edit,
	problems,
	hasPassword,
	hasClientSecret,
}: FieldsProps & { hasPassword: boolean; hasClientSecret: boolean }) {
	const isServer = !isOnThisMachine(draft.protocol);
	return (
		<FieldGroup title={__('Mailbox', 'return-channel')}>
			<ChoiceField
				label={__('Protocol', 'return-channel')}
				value={draft.protocol}
				problem={problems.protocol}
				options={protocols.map((value) => ({ value, label: protocolLabel(value) }))}
				onChange={(protocol) => edit(readBy(protocol, draft))}
			/>
			{isServer && (
				<>
					<ServerFields draft={draft} edit={edit} problems={problems} />
					<SignInFields
						draft={draft}
						edit={edit}
						problems={problems}
						hasPassword={hasPassword}
						hasClientSecret={hasClientSecret}
					/>
				</>
			)}
			{draft.protocol === 'pop3' ? (
				<LeavingFields draft={draft} edit={edit} problems={problems} />
			) : (
				<FolderFields draft={draft} edit={edit} problems={problems} />
			)}
		</FieldGroup>
	);
}

/** Where the mail lies, and where it goes when it is done. */
function FolderFields({ draft, edit, problems }: FieldsProps) {
	const isServer = !isOnThisMachine(draft.protocol);
	const path = pathWords(draft.protocol);
	return (
		<>
			{!isServer && <AllowedFolders />}
			<TextField
				label={isServer ? __('Folder', 'return-channel') : path.label}
				help={isServer ? folderExplained(draft.usedFor) : path.help}
				placeholder={isServer ? 'INBOX' : path.example}
				isRequired={!isServer}
				value={draft.source}
				problem={problems.source}
				onChange={(source) => edit({ source })}
			/>
			<TextField
				label={__('Filing folder', 'return-channel')}
				help={__(
					'Mails that are done go to “processed” and “ignored” in this folder. It is made when it is missing.',
					'return-channel',
				)}
				isRequired
				value={draft.filingFolder}
				problem={problems.filingFolder}
				onChange={(filingFolder) => edit({ filingFolder })}
			/>
			{draft.protocol === 'mbox' && <MovingFields draft={draft} edit={edit} problems={problems} />}
			{isServer && (
				<TickField
					label={__('Read mail as it arrives', 'return-channel')}
					help={__(
						'The service keeps a connection open, which the server has to allow. Otherwise mail is read as often as the job runs.',
						'return-channel',
					)}
					value={draft.asMailArrives}
					problem={problems.asMailArrives}
					onChange={(asMailArrives) => edit({ asMailArrives })}
				/>
			)}
		</>
	);
}

/** Other programs read the same mbox, so mails that are done may have to stay in it; they are remembered then. */
function MovingFields({ draft, edit, problems }: FieldsProps) {
	return (
		<>
			<TickField
				label={__('Take processed mails out of the mbox', 'return-channel')}
				help={__(
					'They are moved to the file “processed” in the filing folder beside it. Unticked, they stay, and the service remembers that it has read them.',
					'return-channel',
				)}
				value={draft.purgeProcessed}
				problem={problems.purgeProcessed}
				onChange={(purgeProcessed) => edit({ purgeProcessed })}
			/>
			<TickField
				label={__('Take unprocessed mails out of the mbox', 'return-channel')}
				help={__(
					'Mails in which nothing was found to act on are moved to the file “ignored”. Either way they can be looked at again.',
					'return-channel',
				)}
				value={draft.purgeUnprocessed}
				problem={problems.purgeUnprocessed}
				onChange={(purgeUnprocessed) => edit({ purgeUnprocessed })}
			/>
		</>
	);
}

/** POP3 has one mailbox and no folders, so mails that are done are deleted, or stay and are remembered. */
function LeavingFields({ draft, edit, problems }: FieldsProps) {
	return (
		<>
			<TickField
				label={__('Delete processed mails from the server', 'return-channel')}
				help={__(
					'Mails that were recognised and acted on. The service keeps a copy of each before it deletes it. Unticked, they stay on the server, and the service remembers that it has read them.',
					'return-channel',
				)}
				value={draft.purgeProcessed}
				problem={problems.purgeProcessed}
				onChange={(purgeProcessed) => edit({ purgeProcessed })}
			/>
			<TickField
				label={__('Delete unprocessed mails from the server', 'return-channel')}
				help={__(
					'Mails that were ignored because nothing was found in them to act on. While they stay on the server they can be looked at again, for example after a new rule; once deleted they cannot.',
					'return-channel',
				)}
				value={draft.purgeUnprocessed}
				problem={problems.purgeUnprocessed}
				onChange={(purgeUnprocessed) => edit({ purgeUnprocessed })}
			/>
		</>
	);
}

function folderExplained(usedFor: AccountUse): string {
	return usedFor === 'bounces'
		? __('The folder that the mail arrives in; INBOX if you leave it empty.', 'return-channel')
		: __(
				'Where the mail to be filed is: INBOX if you leave it empty, or a folder of your own mailbox, typically INBOX.civicrm (with its full name).',
				'return-channel',
			);
}

/** What is said of a mailbox that is reached by a path. */
function pathWords(protocol: Protocol): { label: string; help: string; example: string } {
	if (protocol === 'mbox') {
		return {
			label: __('Path of the mbox', 'return-channel'),
			help: __(
				'The file on the service’s machine in which the mails stand one after the other.',
				'return-channel',
			),
			example: '/var/mail/bounces',
		};
	}
	if (protocol === 'eml-folder') {
		return {
			label: __('Path of the folder', 'return-channel'),
			help: __(
				'The folder on the service’s machine that holds the mails, each in a file that ends in .eml or .eml.gz.',
				'return-channel',
			),
			example: '/var/mail/bounces/mails',
		};
	}
	return {
		label: __('Path of the Maildir', 'return-channel'),
		help: __('The folder on the service’s machine that holds “new” and “cur”.', 'return-channel'),
		example: '/var/mail/bounces/Maildir',
	};
}
