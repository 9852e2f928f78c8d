import { Notice } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { authentications, oauthFacts, oauthProviders } from '../../../service/contract/oauth.ts';
import type { OAuthFields } from '../../../service/contract/oauth.ts';
import { ChoiceField, TextField } from '../../components/fields.tsx';
import { authenticationLabel, oauthProviderLabel } from '../../words/oauth.ts';
import type { FieldsProps } from './draft.ts';
import { PasswordField } from './password-field.tsx';
import { redirectUrl } from './authorise.ts';

interface Props extends FieldsProps {
	hasPassword: boolean;
	hasClientSecret: boolean;
}

/** How the service gets into the mailbox: with a password, or with a token that the mailbox's owner grants. */
export function SignInFields({ hasPassword, hasClientSecret, ...fields }: Props) {
	const { draft, edit, problems } = fields;
	return (
		<>
			<ChoiceField
				label={__('Signs in with', 'return-channel')}
				value={draft.authentication}
				problem={problems.authentication}
				options={authentications.map((value) => ({ value, label: authenticationLabel(value) }))}
				onChange={(authentication) => edit({ authentication })}
			/>
			{draft.authentication === 'password' ? (
				<PasswordField
					value={draft.password}
					hasPassword={hasPassword}
					problem={problems.password}
					onChange={(password) => edit({ password })}
				/>
			) : (
				<OAuthClientFields {...fields} hasClientSecret={hasClientSecret} />
			)}
		</>
	);
}

function OAuthClientFields({
	draft,
	edit,
	problems,
	hasClientSecret,
}: FieldsProps & { hasClientSecret: boolean }) {
	const { oauth } = draft;
	const change = (changes: Partial<OAuthFields>) => edit({ oauth: { ...oauth, ...changes } });
	const text = (name: keyof OAuthFields) => ({
		value: oauth[name],
		problem: problems[`oauth.${name}`],
		onChange: (value: string) => change({ [name]: value }),
	});
	const howTo = __(
		'Register an application at the provider once, with this address as its redirect URI, and enter the client ID and secret that it gives you. After saving, press “Authorise” and sign in as the mailbox’s owner.',
		'return-channel',
	);
	return (
		<>
			<ChoiceField
				label={__('Provider', 'return-channel')}
				value={oauth.provider}
				options={oauthProviders.map((value) => ({ value, label: oauthProviderLabel(value) }))}
				onChange={(provider) => change({ provider })}
			/>
			<Notice status="info" isDismissible={false} spokenMessage={howTo}>
				<p>{howTo}</p>
				<code className="rc-wraps">{redirectUrl()}</code>
			</Notice>
			<TextField
				label={__('Client ID', 'return-channel')}
				isRequired
				autoComplete="off"
				{...text('clientId')}
			/>
			<PasswordField
				label={__('Client secret', 'return-channel')}
				storedSentence={__('A client secret is stored; it is not shown again.', 'return-channel')}
				help={__('Kept encrypted. Empty if the provider gave none.', 'return-channel')}
				value={draft.clientSecret}
				hasPassword={hasClientSecret}
				problem={problems.clientSecret}
				onChange={(clientSecret) => edit({ clientSecret })}
			/>
			{oauth.provider === 'microsoft' && (
				<TextField
					label={__('Directory (tenant)', 'return-channel')}
					help={__(
						'The ID of your organisation’s directory; “common” if the application is open for all.',
						'return-channel',
					)}
					{...text('tenant')}
				/>
			)}
			{oauth.provider === 'custom' && (
				<>
					<TextField
						label={__('Authorisation address', 'return-channel')}
						placeholder="https://login.example.org/authorize"
						isRequired
						{...text('authorizeUrl')}
					/>
					<TextField
						label={__('Token address', 'return-channel')}
						placeholder="https://login.example.org/token"
						isRequired
						{...text('tokenUrl')}
					/>
				</>
			)}
			<TextField
				label={__('Scope', 'return-channel')}
				help={
					oauth.provider === 'custom'
						? __('What the provider calls the right to read mail.', 'return-channel')
						: sprintf(
								/* translators: %s: names of rights, as the provider writes them. */
								__('Leave it empty for the usual one: %s', 'return-channel'),
								oauthFacts[oauth.provider].scope,
							)
				}
				{...text('scope')}
			/>
		</>
	);
}
