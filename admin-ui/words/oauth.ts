import { __ } from '@wordpress/i18n';
import type {
	Authentication,
	AuthorisationState,
	OAuthProvider,
} from '../../service/contract/oauth.ts';

export function authenticationLabel(authentication: Authentication): string {
	const labels: Record<Authentication, string> = {
		password: __('Password', 'return-channel'),
		oauth2: __('OAuth2', 'return-channel'),
	};
	return labels[authentication];
}

export function oauthProviderLabel(provider: OAuthProvider): string {
	const labels: Record<OAuthProvider, string> = {
		google: __('Google', 'return-channel'),
		microsoft: __('Microsoft 365', 'return-channel'),
		custom: __('Another one', 'return-channel'),
	};
	return labels[provider];
}

export function authorisationLabel(state: AuthorisationState): string {
	const labels: Record<AuthorisationState, string> = {
		none: __('Not authorised yet', 'return-channel'),
		granted: __('Authorised', 'return-channel'),
		lost: __('Authorisation lost', 'return-channel'),
	};
	return labels[state];
}
