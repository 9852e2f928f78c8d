import type { MailboxAddress } from './mail-store.ts';

/** A way to sign in whose whole message the client can say at once. */
export interface SaslMessage {
	mechanism: 'PLAIN' | 'XOAUTH2' | 'OAUTHBEARER';
	/** In base64, as it goes over the wire. */
	message: string;
	/** What answers the server when it asks on: it tells why a token was refused, and wants a word before it says no
	 *  (RFC 7628 §3.2.3). */
	afterRefusal: string;
}

/** What to say to be let in: the token if there is one, else the password.
 *  @param offered names of the mechanisms that the server knows, in capitals
 *  @returns undefined when there is only a password and the server does not take it this way */
export function saslMessage(
	{ userName, password, accessToken, server, port }: MailboxAddress,
	offered: ReadonlySet<string>,
): SaslMessage | undefined {
	const say = (mechanism: SaslMessage['mechanism'], words: string, afterRefusal: string) => ({
		mechanism,
		message: Buffer.from(words, 'utf8').toString('base64'),
		afterRefusal,
	});
	if (accessToken === undefined) {
		const words = `\0${userName}\0${password}`;
		return offered.has('PLAIN') ? say('PLAIN', words, '*') : undefined;
	}
	return offered.has('OAUTHBEARER') && !offered.has('XOAUTH2')
		? say(
				'OAUTHBEARER',
				`n,a=${saslName(userName)},\x01host=${server}\x01port=${port}\x01auth=Bearer ${accessToken}\x01\x01`,
				'AQ==',
			)
		: say('XOAUTH2', `user=${userName}\x01auth=Bearer ${accessToken}\x01\x01`, '');
}

/** RFC 5801 §4: a comma and an equals sign in a name are written as codes. */
function saslName(name: string): string {
	return name.replace(/=/g, '=3D').replace(/,/g, '=2C');
}

/** A line break in a name or password would be a command of its own. @throws Error for such, and without either secret */
export function refuseUnusable({ userName, password, accessToken }: MailboxAddress): void {
	if (!password && accessToken === undefined) throw new Error('No password configured');
	if (/[\r\n\0]/.test(userName + password)) {
		const said = 'A user name or password has no line breaks';
		throw Object.assign(new Error(said), { authenticationFailed: true });
	}
}
