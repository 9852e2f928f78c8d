import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { aMaildirAddress } from '../mailboxes/a-maildir-address.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';
import { mailStoreContract } from './mail-store.ts';
import type { MailboxUnderTest } from './mail-store.ts';

const root = mkdtempSync(join(tmpdir(), 'rc-maildir-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

mailStoreContract('A Maildir', () => aMailbox(join(root, `Maildir${++count}`)), {
	missingSource: { source: join(root, 'nothing-here'), problem: 'maildir-missing' },
});

function aMailbox(path: string): MailboxUnderTest {
	const source = maildirOnDisk(path);
	source.deliver();
	const folders = {
		processed: maildirOnDisk(join(path, '.CiviMail.processed')),
		ignored: maildirOnDisk(join(path, '.CiviMail.ignored')),
	};
	return {
		address: aMaildirAddress(path),
		deliver: source.deliver,
		inSource: source.mails,
		filed: (under) => folders[under].mails(),
		markedRead: () => source.markedRead() + folders.ignored.markedRead(),
		hasFilingFolders: () => folders.processed.exists() || folders.ignored.exists(),
		empty: source.empty,
	};
}
