import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts what must not be read from a stolen database: AES-256-GCM, bound to its place, so that a cipher text
 *  copied to another site or account does not open there. */
export class SecretBox {
	readonly #key: Buffer;

	/** @param masterSecret the network's secret; the key is derived from it (HKDF, RFC 5869). */
	constructor(masterSecret: string) {
		this.#key = Buffer.from(
			hkdfSync('sha256', masterSecret, '', 'return-channel stored secrets', 32),
		);
	}

	/** @param place what the secret belongs to: "site=3;account=7". */
	seal(plain: string, place: string): string {
		const nonce = randomBytes(12);
		const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(place));
		const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
		return ['v1', nonce, cipher.getAuthTag(), sealed]
			.map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
			.join('.');
	}

	/** @throws Error when the text was changed, belongs elsewhere, or the network's secret is another one now. */
	open(sealed: string, place: string): string {
		const [version, nonce, tag, text] = sealed.split('.');
		if (version !== 'v1' || !nonce || !tag || text === undefined)
			throw new Error('Not a sealed secret.');
		const decipher = createDecipheriv('aes-256-gcm', this.#key, Buffer.from(nonce, 'base64url'))
			.setAAD(Buffer.from(place))
			.setAuthTag(Buffer.from(tag, 'base64url'));
		return decipher.update(text, 'base64url', 'utf8') + decipher.final('utf8');
	}
}
