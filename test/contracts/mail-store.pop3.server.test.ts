import { afterAll, beforeAll, describe } from 'vitest';
import type { Leaving, MailboxAddress } from '../../service/mailboxes/mail-store.ts';
import { rememberedMails } from '../mailboxes/remembered-mails.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { mailStoreContract } from './mail-store.ts';
import type { MailboxUnderTest } from './mail-store.ts';

describe('POP3', () => {
	let dovecot: Dovecot;
	beforeAll(async () => {
		dovecot = await startDovecot({ uidlFormat: '%f' });
	});
	afterAll(() => dovecot.stop());

	const all = { processed: true, ignored: true };
	const none = { processed: false, ignored: false };
	const usual = { processed: true, ignored: false };
	pop3Contract('that leaves all mails on the server', none);
	pop3Contract('that deletes processed mails, over TLS', usual, { security: 'tls' });
	pop3Contract(
		'that leaves processed mails, over STLS',
		{ ...none, ignored: true },
		{ security: 'starttls' },
	);
	pop3Contract('that deletes all mails', all);

	function pop3Contract(
		name: string,
		deletes: Leaving['deletes'],
		over: Partial<MailboxAddress> = {},
	): void {
		mailStoreContract(name, () => aMailbox(dovecot, deletes, over), {
			isWithoutFolders: true,
			bringsBack: !deletes.ignored,
		});
	}
});

/** "Filed" is what was remembered as filed, whether it was deleted then or not; the source is what was not. */
function aMailbox(
	dovecot: Dovecot,
	deletes: Leaving['deletes'],
	over: Partial<MailboxAddress>,
): MailboxUnderTest {
	const user = dovecot.addUser();
	const seen = rememberedMails();
	const delivered = new Map<string, Buffer>();
	const names = () => user.inbox.names();
	return {
		address: user.address({ protocol: 'pop3', leaving: { deletes, seen }, ...over }),
		deliver: (...mails) => {
			user.inbox.deliver(...mails);
			const added = names().filter((name) => !delivered.has(name));
			added.forEach((name, at) => delivered.set(name, mails[at]!));
		},
		inSource: () =>
			names()
				.filter((name) => !seen.now.has(name))
				.map((name) => delivered.get(name)!),
		filed: (under) =>
			[...seen.ever].filter(([, folder]) => folder === under).map(([name]) => delivered.get(name)!),
		markedRead: user.inbox.markedRead,
		hasFilingFolders: () => false,
		empty: user.inbox.empty,
	};
}
