import { openEmlFolder } from './eml-folder/eml-folder.ts';
import { openImap } from './imap/imap.ts';
import { usualLimits } from './mail-store.ts';
import type { OpenMailbox } from './mail-store.ts';
import { openMaildir } from './maildir/maildir.ts';
import { openMbox } from './mbox/mbox.ts';
import { openPop3 } from './pop3/pop3.ts';

const openers = {
	imap: openImap,
	pop3: openPop3,
	maildir: openMaildir,
	mbox: openMbox,
	'eml-folder': openEmlFolder,
};

/** Opens the mailbox of an account, whatever its protocol, for reading and filing. The caller closes it.
 *  @throws ServiceError of kind "mailbox-trouble" with a `problem` name and a sentence */
export const openMailbox: OpenMailbox = (address, limits = usualLimits) =>
	openers[address.protocol](address, limits);
