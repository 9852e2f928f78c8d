import { createHash, createHmac, randomBytes } from 'node:crypto';
import { siteKey } from '../../service/http/authenticate.ts';

export interface SignedRequestOptions {
	secret: string;
	siteId?: string;
	capabilities?: string;
	user?: string;
	body?: unknown;
	created?: number;
	nonce?: string;
}

/** Signs a request as the plugin does (RFC 9421, RFC 9530). @returns what `fetch` takes. */
export function signed(method: string, url: string, options: SignedRequestOptions) {
	const {
		secret,
		siteId = '1',
		capabilities = 'view,manage',
		created = Math.floor(Date.now() / 1000),
	} = options;
	const body = options.body === undefined ? '' : JSON.stringify(options.body);
	const { pathname, search } = new URL(url);
	const headers: Record<string, string> = {
		'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
		'return-channel-site': siteId,
		'return-channel-user': options.user ?? `7 ${Buffer.from('Anna Berg').toString('base64')}`,
		'return-channel-capabilities': capabilities,
	};
	const covered: [string, string][] = [
		['@method', method],
		['@path', pathname],
		['@query', search || '?'],
		...Object.entries(headers),
	];
	const nonce = options.nonce ?? randomBytes(16).toString('base64url');
	const parameters = `(${covered.map(([name]) => `"${name}"`).join(' ')});created=${created};nonce="${nonce}";keyid="${siteId}";alg="hmac-sha256"`;
	const base = [
		...covered.map(([name, value]) => `"${name}": ${value}`),
		`"@signature-params": ${parameters}`,
	];
	const signature = createHmac('sha256', siteKey(secret, siteId))
		.update(base.join('\n'))
		.digest('base64');
	return {
		method,
		headers: {
			...headers,
			...(body ? { 'content-type': 'application/json' } : {}),
			'signature-input': `sig1=${parameters}`,
			signature: `sig1=:${signature}:`,
		},
		...(body ? { body } : {}),
	};
}
