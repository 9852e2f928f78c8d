import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { aMaildirAddress } from '../mailboxes/a-maildir-address.ts';
import { rememberedMails } from '../mailboxes/remembered-mails.ts';
import { mboxOnDisk } from '../support/mbox-on-disk.ts';
import { mailStoreContract } from './mail-store.ts';
import type { MailboxUnderTest } from './mail-store.ts';

const root = mkdtempSync(join(tmpdir(), 'rc-mbox-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

const missingSource = { source: join(root, 'nothing-here'), problem: 'mbox-missing' };
mailStoreContract('An mbox that mails are taken out of', aPurgedMbox, {
	missingSource,
	endsWithLine: true,
});
mailStoreContract('An mbox that is left as it is', anUnchangedMbox, {
	missingSource,
	endsWithLine: true,
	isWithoutFolders: true,
});

function aPurgedMbox(): MailboxUnderTest {
	const { source, address, seen } = anMbox();
	const folders = {
		processed: mboxOnDisk(join(`${source.path}.CiviMail`, 'processed')),
		ignored: mboxOnDisk(join(`${source.path}.CiviMail`, 'ignored')),
	};
	return {
		address: { ...address, leaving: { deletes: { processed: true, ignored: true }, seen } },
		deliver: source.deliver,
		inSource: source.mails,
		filed: (under) => folders[under].mails(),
		markedRead: () => 0,
		hasFilingFolders: () => folders.processed.exists() || folders.ignored.exists(),
		empty: source.empty,
	};
}

/** What was filed is what is remembered as filed. */
function anUnchangedMbox(): MailboxUnderTest {
	const { source, address, seen } = anMbox();
	return {
		address: { ...address, leaving: { deletes: { processed: false, ignored: false }, seen } },
		deliver: source.deliver,
		inSource: () =>
			[...source.named()].flatMap(([name, mail]) => (seen.now.has(name) ? [] : [mail])),
		filed: (under) =>
			[...source.named()].flatMap(([name, mail]) => (seen.now.get(name) === under ? [mail] : [])),
		markedRead: () => 0,
		hasFilingFolders: () => false,
		empty: source.empty,
	};
}

function anMbox() {
	const source = mboxOnDisk(join(root, `mbox-${++count}`));
	source.empty();
	const address = { ...aMaildirAddress(source.path), protocol: 'mbox' as const };
	return { source, address, seen: rememberedMails() };
}
