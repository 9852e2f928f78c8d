import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';

/** The least that anybody can do to see that nothing is new: imapflow connects, signs in, asks for the STATUS and logs out. What a run
 *  of ours takes beyond it is our own work. */
export async function lookWithImapflow(address: MailboxAddress): Promise<void> {
	const { ImapFlow } = await import('imapflow');
	const client = new ImapFlow({
		host: address.server,
		port: address.port,
		secure: address.security === 'tls',
		doSTARTTLS: address.security === 'tls' ? undefined : false,
		tls: { rejectUnauthorized: address.verifyCertificate },
		auth: { user: address.userName, pass: address.password },
		logger: false,
		disableAutoIdle: true,
		disableAutoEnable: true,
		disableCompression: true,
	});
	client.on('error', () => undefined);
	await client.connect();
	await client.status(address.source, { messages: true });
	await client.logout();
}
