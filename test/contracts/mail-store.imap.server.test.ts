import { afterAll, beforeAll, describe } from 'vitest';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot, DovecotOptions, FolderLayout } from '../support/dovecot.ts';
import { mailStoreContract } from './mail-store.ts';
import type { MailboxUnderTest } from './mail-store.ts';

/** What a server without the extensions of the last twenty years announces. */
const oldServer = 'IMAP4rev1 LITERAL+ SASL-IR';

imapContract('IMAP with folders by slash', 'slash');
imapContract('IMAP with folders by slash, over TLS', 'slash', { security: 'tls' });
imapContract('IMAP with folders below INBOX by dots', 'inbox-prefix');
imapContract('IMAP with folders below INBOX by dots, over STARTTLS', 'inbox-prefix', {
	security: 'starttls',
});
imapContract('IMAP with folders below a prefix of their own', 'own-prefix');
imapContract('IMAP without MOVE', 'slash', {}, { capabilities: `${oldServer} UIDPLUS NAMESPACE` });

function imapContract(
	name: string,
	layout: FolderLayout,
	over: Partial<MailboxAddress> = {},
	options: DovecotOptions = {},
): void {
	describe(name, () => {
		let dovecot: Dovecot;
		beforeAll(async () => {
			dovecot = await startDovecot(options);
		});
		afterAll(() => dovecot.stop());

		mailStoreContract('as a mailbox', () => aMailbox(dovecot, layout, over), {
			missingSource: { source: 'INBOX.nothing-here', problem: 'folder-missing' },
		});
	});
}

function aMailbox(
	dovecot: Dovecot,
	layout: FolderLayout,
	over: Partial<MailboxAddress>,
): MailboxUnderTest {
	const user = dovecot.addUser(layout);
	// On disk a name below INBOX keeps its INBOX only where the namespace has no prefix. Where nothing can stand below INBOX,
	// the filing folders stand beside it.
	const parent = layout === 'slash' ? 'INBOX.CiviMail' : 'CiviMail';
	const folders = {
		processed: user.folder(`${parent}.processed`),
		ignored: user.folder(`${parent}.ignored`),
	};
	return {
		address: user.address(over),
		deliver: user.inbox.deliver,
		inSource: user.inbox.mails,
		filed: (under) => folders[under].mails(),
		markedRead: () => user.inbox.markedRead() + folders.ignored.markedRead(),
		hasFilingFolders: () => folders.processed.exists() || folders.ignored.exists(),
		empty: user.inbox.empty,
	};
}
