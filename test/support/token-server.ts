import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider of tokens as Google and Microsoft are ones (RFC 6749, 7636, 7662), on loopback. */
export interface TokenServer {
	authorizeUrl: string;
	tokenUrl: string;
	introspectionUrl: string;
	clientId: string;
	clientSecret: string;
	/** The owner of a mailbox says yes in the browser. @returns the query that the browser brings back. */
	consent(url: string, userName: string): URLSearchParams;
	/** The owner takes it back: refreshing fails and access tokens are dead. */
	revoke(): void;
	/** Ends the access tokens that are out. */
	expireAccess(): void;
	/** Answers every request for a token with a status from now on; undefined ends it. */
	breakDown(status: number | undefined): void;
	/** How often a token was asked for. */
	readonly grants: number;
	stop(): Promise<void>;
}

interface Grant {
	userName: string;
	challenge?: string;
	redirectUrl?: string;
}

/** Starts it on a free port. Access tokens say that they live an hour; each refresh gives a new refresh token and voids
 *  the old one, as Microsoft does. */
export async function startTokenServer(): Promise<TokenServer> {
	const clientId = 'return-channel-test';
	const clientSecret = 'sïlly sécret&=+';
	const codes = new Map<string, Grant>();
	const refreshTokens = new Map<string, Grant>();
	const accessTokens = new Map<string, Grant>();
	let grants = 0;
	let broken: number | undefined;

	const server = createServer((request, response) => {
		answer(request, response).catch(() => response.writeHead(500).end());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	/** The owner agrees. @param userName whose mailbox it is */
	function agree(asked: URLSearchParams, userName: string): URLSearchParams {
		const code = randomToken();
		codes.set(code, {
			userName,
			challenge: asked.get('code_challenge') ?? undefined,
			redirectUrl: asked.get('redirect_uri') ?? undefined,
		});
		return new URLSearchParams({ code, state: asked.get('state') ?? '' });
	}

	async function answer(request: IncomingMessage, response: ServerResponse) {
		const asked = new URL(request.url ?? '/', base).searchParams;
		if (request.url?.startsWith('/authorize?')) {
			// In a browser the owner who is logged in agrees with one look.
			const back = new URL(asked.get('redirect_uri') ?? base);
			const owner = (asked.get('login_hint') ?? '').split('@')[0] ?? '';
			for (const [name, value] of agree(asked, owner)) back.searchParams.set(name, value);
			response.writeHead(302, { Location: back.href }).end();
			return;
		}
		const form = new URLSearchParams(await bodyOf(request));
		if (request.url === '/introspect') {
			const grant = accessTokens.get(form.get('token') ?? '');
			return json(
				response,
				200,
				grant ? { active: true, username: grant.userName } : { active: false },
			);
		}
		grants += 1;
		if (broken) return json(response, broken, { message: 'down' });
		if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret)
			return json(response, 401, {
				error: 'invalid_client',
				error_description: 'Bad client secret.',
			});
		const grant =
			form.get('grant_type') === 'refresh_token'
				? take(refreshTokens, form.get('refresh_token'))
				: redeemed(take(codes, form.get('code')), form);
		if (!grant) {
			const error_description = 'Token has been expired or revoked.';
			return json(response, 400, { error: 'invalid_grant', error_description });
		}
		const [access_token, refresh_token] = [randomToken(), randomToken()];
		accessTokens.set(access_token, grant);
		refreshTokens.set(refresh_token, grant);
		return json(response, 200, {
			access_token,
			refresh_token,
			token_type: 'Bearer',
			expires_in: 3600,
		});
	}

	return {
		authorizeUrl: `${base}/authorize`,
		tokenUrl: `${base}/token`,
		introspectionUrl: `${base}/introspect`,
		clientId,
		clientSecret,
		consent: (url, userName) => agree(new URL(url).searchParams, userName),
		revoke: () => {
			refreshTokens.clear();
			accessTokens.clear();
		},
		expireAccess: () => accessTokens.clear(),
		breakDown: (status) => {
			broken = status;
		},
		get grants() {
			return grants;
		},
		stop: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

/** A code is good with the verifier whose hash was announced, and for the address it was asked for (RFC 7636 §4.6). */
function redeemed(grant: Grant | undefined, form: URLSearchParams): Grant | undefined {
	const hash = createHash('sha256')
		.update(form.get('code_verifier') ?? '')
		.digest('base64url');
	const isRight = grant?.challenge === hash && grant.redirectUrl === form.get('redirect_uri');
	return isRight ? grant : undefined;
}

function take(grants: Map<string, Grant>, token: string | null): Grant | undefined {
	const grant = grants.get(token ?? '');
	grants.delete(token ?? '');
	return grant;
}

function randomToken(): string {
	return randomBytes(24).toString('base64url');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

function json(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' });
	response.end(JSON.stringify(body));
}
