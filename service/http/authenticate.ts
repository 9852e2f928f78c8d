import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { capabilities } from '../contract/routes.ts';
import type { Capability } from '../contract/routes.ts';
import { ServiceError } from '../errors.ts';
import type { NonceBook } from '../settings/nonce-book.ts';

/** Who asks, as a signed request says it. */
export interface Caller {
	siteId: string;
	/** WordPress's number of the user; 0 is the plugin itself. */
	userId: number;
	userName: string;
	capabilities: ReadonlySet<Capability>;
}

/** What of a request is signed. Header names in lower case. */
export interface SignedRequest {
	method: string;
	/** Raw, without the query: "/v1/bounces". */
	path: string;
	/** With its question mark; "?" when there is none (RFC 9421 §2.2.7). */
	query: string;
	headers: Record<string, string | undefined>;
	body: Buffer;
}

/** A request lives so long; clocks may differ by as much. */
export const requestLifetimeMs = 60_000;

/** What the signature covers, in this order (RFC 9421 §2.3). */
const components = [
	'@method',
	'@path',
	'@query',
	'content-digest',
	'return-channel-site',
	'return-channel-user',
	'return-channel-capabilities',
] as const;

const signatureInput = new RegExp(
	`^sig1=(\\(${components.map((name) => `"${name}"`).join(' ')}\\);created=(\\d{1,12});nonce="([A-Za-z0-9+/=_-]{16,64})";keyid="([A-Za-z0-9-]{1,40})";alg="hmac-sha256")$`,
);

/** The key of one site, derived from the network's secret (HKDF, RFC 5869), so that no site can sign for another. */
export function siteKey(secret: string, siteId: string): Buffer {
	return Buffer.from(hkdfSync('sha256', secret, '', `return-channel site ${siteId}`, 32));
}

/** Checks a request's signature (RFC 9421, hmac-sha256), the digest of its body (RFC 9530), its age and its nonce.
 *  @throws ServiceError not-signed, with what is wrong in `problem`: "no-signature", "bad-signature", "altered-body",
 *  "too-old", "replayed". */
export async function authenticate(
	request: SignedRequest,
	{ secret, nonces, now }: { secret: string; nonces: NonceBook; now: Date },
): Promise<Caller> {
	const { headers, body } = request;
	const input = signatureInput.exec(headers['signature-input'] ?? '');
	const signature = /^sig1=:([A-Za-z0-9+/=]{44}):$/.exec(headers['signature'] ?? '')?.[1];
	if (!input || !signature) {
		throw refuse(
			'no-signature',
			'The request is not signed by a WordPress site that belongs to this service.',
		);
	}
	const [, parameters = '', created, nonce = '', keyId = ''] = input;
	const siteId = headers['return-channel-site'] ?? '';

	const expected = createHmac('sha256', siteKey(secret, keyId))
		.update(signatureBase(request, parameters))
		.digest();
	const given = Buffer.from(signature, 'base64');
	if (given.length !== expected.length || !timingSafeEqual(given, expected) || siteId !== keyId) {
		throw refuse(
			'bad-signature',
			'The signature is wrong. Is the secret in WordPress the same as the one the service was started with?',
		);
	}
	const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
	if (headers['content-digest'] !== digest) {
		throw refuse('altered-body', 'The request was changed on its way.');
	}
	if (Math.abs(now.getTime() - Number(created) * 1000) > requestLifetimeMs) {
		throw refuse(
			'too-old',
			'The request is too old. Do the clocks of WordPress and the service differ by more than a minute?',
		);
	}
	if (!(await nonces.isNew(siteId, nonce, now))) {
		throw refuse('replayed', 'This request was made before; it is not carried out twice.');
	}
	return {
		siteId,
		...userIn(headers['return-channel-user'] ?? ''),
		capabilities: capabilitiesIn(headers),
	};
}

function signatureBase(
	{ method, path, query, headers }: SignedRequest,
	parameters: string,
): string {
	const derived: Record<string, string> = { '@method': method, '@path': path, '@query': query };
	const lines = components.map((name) => `"${name}": ${derived[name] ?? headers[name] ?? ''}`);
	return [...lines, `"@signature-params": ${parameters}`].join('\n');
}

/** "7 QW5uYQ==": the number, and the display name in base64, because header values are ASCII. */
function userIn(header: string): { userId: number; userName: string } {
	const [id, name = ''] = header.split(' ');
	return {
		userId: Number(id) || 0,
		userName: Buffer.from(name, 'base64').toString('utf8') || 'WordPress',
	};
}

function capabilitiesIn(headers: SignedRequest['headers']): ReadonlySet<Capability> {
	const given = (headers['return-channel-capabilities'] ?? '').split(',');
	// Who may edit the original message may edit what is about it.
	if (given.includes('edit-inbound-content')) given.push('edit-inbound');
	return new Set(capabilities.filter((capability) => given.includes(capability)));
}

function refuse(problem: string, message: string): ServiceError {
	return new ServiceError('not-signed', message, { problem });
}
