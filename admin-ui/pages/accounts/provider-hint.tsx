import { Button, Notice } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { providerOf, providerOfServer } from '../../../service/contract/mail-providers.ts';
import type { MailProvider } from '../../../service/contract/mail-providers.ts';
import { protocolLabel } from '../../words/accounts.ts';
import type { Draft, FieldsProps } from './draft.ts';
import { fitsProvider, serverOf, settingsOf } from './draft.ts';

/** What is known of the provider whose address was typed as the user name: a button that fills in its server, and how it
 *  lets programs in, before the first try fails. */
export function ProviderHint({ draft, edit }: Pick<FieldsProps, 'draft' | 'edit'>) {
	const provider = providerOf(draft.userName) ?? providerOfServer(draft.server);
	if (!provider) return null;
	const isFilledIn = fitsProvider(draft, provider);
	const known = isFilledIn
		? sprintf(
				/* translators: %s: a mail provider, such as Gmail. */
				__('These are the settings of %s.', 'return-channel'),
				provider.name,
			)
		: sprintf(
				/* translators: 1: a mail provider, such as Gmail; 2: the name of its server. */
				__('This looks like an address of %1$s, whose server is %2$s.', 'return-channel'),
				provider.name,
				serverOf(provider, draft).server,
			);
	const sentence = [known, signInSentence(provider, draft)].filter(Boolean).join(' ');
	return (
		<Notice status="info" isDismissible={false} className="rc-provider" spokenMessage={sentence}>
			<p>
				{sentence}{' '}
				{provider.helpUrl && (
					<a href={provider.helpUrl} target="_blank" rel="noreferrer">
						{__('Open the provider’s page', 'return-channel')}
					</a>
				)}
			</p>
			{!isFilledIn && (
				<Button
					variant="secondary"
					size="compact"
					onClick={() => edit(settingsOf(provider, draft))}
				>
					{sprintf(
						/* translators: %s: a mail provider, such as Gmail. */
						__('Fill in the settings of %s', 'return-channel'),
						provider.name,
					)}
				</Button>
			)}
		</Notice>
	);
}

function signInSentence({ signIn, isOffAtFirst }: MailProvider, draft: Draft): string {
	const off = isOffAtFirst
		? sprintf(
				/* translators: %s: a protocol, IMAP or POP3. */
				__('Its owner has to switch %s on first.', 'return-channel'),
				protocolLabel(draft.protocol),
			)
		: '';
	if (draft.authentication === 'oauth2') return off;
	const sentences: Record<MailProvider['signIn'], string> = {
		password: '',
		'app-password': __(
			'It takes no usual password here, but an app password: a long one for this program alone, which the mailbox’s owner makes in the security settings, mostly after switching on two-step verification. It is shown only once.',
			'return-channel',
		),
		oauth2: __('It takes no passwords from programs any more, only OAuth2.', 'return-channel'),
	};
	return [sentences[signIn], off].filter(Boolean).join(' ');
}
