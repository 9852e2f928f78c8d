import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { diagnose, trouble } from './diagnosis.ts';
import type { MailboxAddress } from './mail-store.ts';
import { isMissing } from './maildir-folders.ts';
import { beginsWithFromLine, readFully } from './mbox-format.ts';

/** Makes sure that an account's source is an mbox that can be read and locked, and changes nothing.
 *  @throws ServiceError "mbox-missing", "not-an-mbox", "no-permission" or "read-only-folder" */
export async function lookAtMbox(address: MailboxAddress): Promise<void> {
	const path = address.source;
	try {
		const found = isAbsolute(path) ? await stat(path).catch(undefinedIfMissing) : undefined;
		if (!found) {
			throw trouble(
				'mbox-missing',
				`There is no file ${path || '(empty path)'} on the machine that the service runs on. The source of an mbox account is its whole path, such as /var/mail/bounce.`,
			);
		}
		if (!found.isFile()) {
			throw trouble(
				'not-an-mbox',
				`${path} is not a file. If it is a Maildir or a folder of .eml files, choose that protocol.`,
			);
		}
		await access(path, constants.R_OK | constants.W_OK);
		await access(dirname(path), constants.R_OK | constants.W_OK | constants.X_OK);
		await lookAtBeginning(path);
	} catch (error) {
		throw diagnose(error, address);
	}
}

async function lookAtBeginning(path: string): Promise<void> {
	const handle = await openOnlyFile(path);
	try {
		const beginning = await readFully(handle, 0, 1000);
		const first = /[^\r\n]/.exec(beginning.toString('latin1'))?.index;
		if (first === undefined || beginsWithFromLine(beginning.subarray(first))) return;
	} finally {
		await handle.close();
	}
	throw trouble(
		'not-an-mbox',
		`${path} is not an mbox: it does not begin with a line such as “From alice@example.org Thu Apr 29 23:34:45 2027”.`,
	);
}

/** Opens the file for reading, not through a link: whoever can write into the folder must not choose which file is read. */
export function openOnlyFile(path: string): Promise<FileHandle> {
	return open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
}

function undefinedIfMissing(error: unknown): undefined {
	if (!isMissing(error)) throw error;
}
