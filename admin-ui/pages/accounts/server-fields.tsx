import { Notice } from '@wordpress/components';
import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { securities } from '../../../service/contract/account.ts';
import { mailProviders, providerOfServer } from '../../../service/contract/mail-providers.ts';
import { ChoiceField, TextField, TickField } from '../../components/fields.tsx';
import { securityLabel, usualPort } from '../../words/accounts.ts';
import type { FieldsProps } from './draft.ts';
import { settingsOf, understoodIn, understoodSentence } from './draft.ts';
import { ProviderHint } from './provider-hint.tsx';

/** How a mail server is reached. */
export function ServerFields({ draft, edit, problems }: FieldsProps) {
	const understood = useUnderstanding({ draft, edit, problems });
	return (
		<>
			<ProviderChoice draft={draft} edit={edit} problems={problems} />
			<TextField
				label={__('User name', 'return-channel')}
				help={__('Mostly the address of the mailbox.', 'return-channel')}
				placeholder="return@example.org"
				autoComplete="off"
				isRequired
				value={draft.userName}
				problem={problems.userName}
				onChange={(userName) => edit({ userName })}
			/>
			<ProviderHint draft={draft} edit={edit} />
			<TextField
				label={__('Server', 'return-channel')}
				placeholder={draft.protocol === 'pop3' ? 'pop.example.org' : 'imap.example.org'}
				isRequired
				value={draft.server}
				problem={problems.server}
				onChange={(server) => edit({ server })}
			/>
			<div className="rc-side-by-side">
				<ChoiceField
					label={__('Security', 'return-channel')}
					value={draft.security}
					problem={problems.security}
					options={securities.map((value) => ({ value, label: securityLabel(value) }))}
					onChange={(security) => edit({ security })}
				/>
				<TextField
					inputMode="numeric"
					label={__('Port', 'return-channel')}
					placeholder={String(usualPort(draft.security, draft.protocol))}
					help={sprintf(
						/* translators: %d: a port number. */
						__('%d if you leave it empty.', 'return-channel'),
						usualPort(draft.security, draft.protocol),
					)}
					value={draft.port}
					problem={problems.port}
					onChange={(port) => edit({ port })}
				/>
			</div>
			{understood && (
				<Notice status="success" isDismissible={false} spokenMessage={understood}>
					{understood}
				</Notice>
			)}
			{draft.security !== 'none' && (
				<TickField
					label={__('Check the server’s certificate', 'return-channel')}
					help={
						draft.verifyCertificate
							? undefined
							: __(
									'Unchecked, anybody on the way can pretend to be your mail server and read the password.',
									'return-channel',
								)
					}
					value={draft.verifyCertificate}
					problem={problems.verifyCertificate}
					onChange={(verifyCertificate) => edit({ verifyCertificate })}
				/>
			)}
		</>
	);
}

/** Long enough to finish a word: half a port string is often one as well. */
const pauseMs = 1_000;

/** Fills in what a port string of phpList or of PHP's imap_open says, entered as server or port, and says so. */
function useUnderstanding({ draft, edit }: FieldsProps): string {
	const [sentence, setSentence] = useState('');

	useEffect(() => {
		const found = understoodIn(draft);
		if (!found) return;
		const written =
			found.server === undefined || /[{/]/.test(draft.port) ? draft.port : draft.server;
		const timer = setTimeout(() => {
			edit(found);
			setSentence(understoodSentence(written, found));
		}, pauseMs);
		return () => clearTimeout(timer);
	});

	return sentence;
}

/** Common providers by name, because an address of one's own domain does not tell where its mailbox is. */
function ProviderChoice({ draft, edit }: FieldsProps) {
	const provider = providerOfServer(draft.server);
	return (
		<ChoiceField
			label={__('Mail provider', 'return-channel')}
			help={__('Fills in server, port and security.', 'return-channel')}
			value={provider ? String(mailProviders.indexOf(provider)) : ''}
			options={[
				{ value: '', label: __('Another one, or a server of your own', 'return-channel') },
				...mailProviders.map(({ name, alsoFor, domains }, index) => ({
					value: String(index),
					label: `${[name, alsoFor].filter(Boolean).join(', ')} (${domains[0]})`,
				})),
			]}
			onChange={(chosen) => {
				const found = mailProviders[Number(chosen)];
				edit(chosen && found ? settingsOf(found, draft) : { server: '', port: '' });
			}}
		/>
	);
}
