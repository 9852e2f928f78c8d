import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import * as oauth from 'oauth4webapi';
import { oauthFacts } from '../../contract/oauth.ts';
import type { OAuthFields } from '../../contract/oauth.ts';
import { trouble } from '../diagnosis.ts';
import type { OAuthClient, Tokens } from './oauth.ts';

const patienceMs = 15_000;
/** What is assumed when a provider does not say how long a token lives (RFC 6749 §5.1 only recommends it). */
const usualLifetimeSeconds = 3_600;

/** Networks that are no provider on the internet (RFC 6890); a site's administrator must not reach the operator's own. */
const privateNetworks = new BlockList();
for (const [network, bits] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.168.0.0', 16],
] as const)
	privateNetworks.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
	['::', 127],
	['::ffff:0:0', 96],
	['fc00::', 7],
	['fe80::', 10],
] as const)
	privateNetworks.addSubnet(network, bits, 'ipv6');

/** The real thing.
 *  @param trustsLocal whether providers may live on private networks and speak plain HTTP; for an operator's own */
export function oauthClient({ trustsLocal }: { trustsLocal: boolean }): OAuthClient {
	const options = {
		[oauth.allowInsecureRequests]: trustsLocal,
		[oauth.customFetch]: (url: string, request: oauth.CustomFetchOptions<string, unknown>) =>
			politeFetch(url, request as RequestInit, trustsLocal),
	};

	return {
		begin: async ({ fields, state, redirectUrl, loginHint }) => {
			const { authorizeUrl, scope, extra } = endpointsOf(fields);
			await checkAddress(authorizeUrl, trustsLocal);
			const verifier = oauth.generateRandomCodeVerifier();
			const url = new URL(authorizeUrl);
			const wanted = {
				response_type: 'code',
				client_id: fields.clientId,
				redirect_uri: redirectUrl,
				scope,
				state,
				code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
				code_challenge_method: 'S256',
				...(loginHint.includes('@') ? { login_hint: loginHint } : {}),
				...extra,
			};
			for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value);
			return { url: url.href, verifier };
		},

		redeem: ({ fields, clientSecret, code, verifier, redirectUrl, now }) =>
			inWords(fields, async () => {
				const { server, client, authentication } = parties(fields, clientSecret);
				const callback = oauth.validateAuthResponse(
					server,
					client,
					new URLSearchParams({ code }),
					oauth.expectNoState,
				);
				const response = await oauth.authorizationCodeGrantRequest(
					server,
					client,
					authentication,
					callback,
					redirectUrl,
					verifier,
					options,
				);
				const answer = await oauth.processAuthorizationCodeResponse(server, client, response);
				return tokensIn(answer, now);
			}),

		refresh: ({ fields, clientSecret, refreshToken, now }) =>
			inWords(fields, async () => {
				const { server, client, authentication } = parties(fields, clientSecret);
				const response = await oauth.refreshTokenGrantRequest(
					server,
					client,
					authentication,
					refreshToken,
					options,
				);
				return tokensIn(await oauth.processRefreshTokenResponse(server, client, response), now);
			}),
	};
}

/** What people call the provider. */
export function nameOfProvider({ provider, tokenUrl }: OAuthFields): string {
	if (provider !== 'custom') return oauthFacts[provider].name;
	return URL.canParse(tokenUrl) ? new URL(tokenUrl).host : 'The provider';
}

function endpointsOf(fields: OAuthFields) {
	const { provider, tenant, scope } = fields;
	if (provider === 'custom')
		return { authorizeUrl: fields.authorizeUrl, tokenUrl: fields.tokenUrl, scope, extra: {} };
	const facts = oauthFacts[provider];
	const at = (url: string) => url.replace('{tenant}', encodeURIComponent(tenant || 'common'));
	return {
		authorizeUrl: at(facts.authorizeUrl),
		tokenUrl: at(facts.tokenUrl),
		scope: scope || facts.scope,
		extra: facts.extra,
	};
}

function parties(fields: OAuthFields, clientSecret: string) {
	const { tokenUrl } = endpointsOf(fields);
	const server: oauth.AuthorizationServer = {
		issuer: new URL(tokenUrl).origin,
		token_endpoint: tokenUrl,
	};
	const client: oauth.Client = { client_id: fields.clientId };
	const authentication = clientSecret ? oauth.ClientSecretPost(clientSecret) : oauth.None();
	return { server, client, authentication };
}

function tokensIn(answer: oauth.TokenEndpointResponse, now: Date): Tokens {
	const seconds = answer.expires_in ?? usualLifetimeSeconds;
	return {
		accessToken: answer.access_token,
		refreshToken: answer.refresh_token ?? null,
		expiresAt: new Date(now.getTime() + seconds * 1000),
	};
}

async function politeFetch(
	url: string,
	request: RequestInit,
	trustsLocal: boolean,
): Promise<Response> {
	await checkAddress(url, trustsLocal);
	return fetch(url, { ...request, signal: AbortSignal.timeout(patienceMs) });
}

/** Refuses what is no public HTTPS server, unless the operator trusts the local network. */
async function checkAddress(url: string, trustsLocal: boolean): Promise<void> {
	const { protocol, hostname } = new URL(url);
	if (trustsLocal) return;
	if (protocol !== 'https:')
		throw trouble(
			'oauth-insecure',
			`${url} is not encrypted. A provider's address begins with https.`,
		);
	const host = hostname.replace(/^\[|\]$/g, '');
	const addresses = isIP(host) ? [{ address: host }] : await lookup(host, { all: true });
	for (const { address } of addresses) {
		if (privateNetworks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'))
			throw trouble(
				'oauth-private',
				`${hostname} is in a private network, and no provider on the internet. Whoever runs the service can allow it with RETURN_CHANNEL_TRUST_LOCAL.`,
			);
	}
}

/** Says in words what the provider did not like. The tokens and secrets that were sent are in none of them. */
async function inWords<Result>(fields: OAuthFields, work: () => Promise<Result>): Promise<Result> {
	const provider = nameOfProvider(fields);
	try {
		return await work();
	} catch (error) {
		if (error instanceof oauth.ResponseBodyError) throw refusal(provider, error);
		if (
			error instanceof oauth.OperationProcessingError ||
			error instanceof oauth.WWWAuthenticateChallengeError
		)
			throw trouble(
				'oauth-odd-answer',
				`${provider} gave an answer that is none of OAuth2: ${error.message}. Check the token address.`,
				error,
			);
		if (error instanceof Error && error.name === 'ServiceError') throw error;
		const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		throw trouble(
			'oauth-unreachable',
			`${provider} could not be asked for a token (${cause instanceof Error ? cause.message : String(cause)}). Nothing is lost; the next run tries again.`,
			error,
		);
	}
}

/** RFC 6749 §5.2. */
function refusal(provider: string, error: oauth.ResponseBodyError) {
	const said = error.error_description ? ` It says: “${oneLine(error.error_description)}”` : '';
	switch (error.error) {
		case 'invalid_grant':
			return trouble(
				'oauth-lost',
				`${provider} no longer accepts the authorisation of this mailbox: it was revoked, has expired, or the mailbox's password was changed. Authorise it again under Mail accounts.${said}`,
				error,
			);
		case 'invalid_client':
		case 'unauthorized_client':
			return trouble(
				'oauth-wrong-client',
				`${provider} does not know this client, or its secret is wrong or has expired. Compare both with what is registered there.${said}`,
				error,
			);
		default:
			return trouble(
				'oauth-refused',
				`${provider} gave no token (${oneLine(error.error)}).${said}`,
				error,
			);
	}
}

function oneLine(words: string): string {
	return words
		.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
		.trim()
		.slice(0, 300);
}
