import { constants } from 'node:fs';
import { access, mkdtemp, open, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { diagnose, trouble } from '../diagnosis.ts';
import { isGzip } from '../../messages/is-gzip.ts';
import { mboxUnpackingLimits, unpacked } from '../gunzip.ts';
import type { MailboxAddress } from '../mail-store.ts';
import { isMissing } from '../maildir/folders.ts';
import { beginsWithFromLine, readFully } from '../../messages/mbox-format.ts';

/** Makes sure that an account's source is an mbox that can be read and locked, and changes nothing.
 *  @throws ServiceError "mbox-missing", "not-an-mbox", "no-permission" or "read-only-folder" */
export async function lookAtMbox(address: MailboxAddress): Promise<{ isPacked: boolean }> {
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
		const beginning = await beginningOf(path);
		if (isGzip(beginning)) return { isPacked: true };
		await access(path, constants.R_OK | constants.W_OK);
		await access(dirname(path), constants.R_OK | constants.W_OK | constants.X_OK);
		refuseOther(path, beginning);
		return { isPacked: false };
	} catch (error) {
		throw diagnose(error, address);
	}
}

async function beginningOf(path: string): Promise<Buffer> {
	const handle = await openOnlyFile(path);
	try {
		return await readFully(handle, 0, 1000);
	} finally {
		await handle.close();
	}
}

/** @throws ServiceError "not-an-mbox" unless a file that begins so is an mbox, or empty */
function refuseOther(path: string, beginning: Buffer): void {
	const first = /[^\r\n]/.exec(beginning.toString('latin1'))?.index;
	if (first === undefined || beginsWithFromLine(beginning.subarray(first))) return;
	throw trouble(
		'not-an-mbox',
		`${path} is not an mbox: it does not begin with a line such as “From alice@example.org Thu Apr 29 23:34:45 2027”.`,
	);
}

/** A gzip'ed mbox as a plain one for the time of reading, in a folder that nobody else may look into.
 *  @returns its path, and what removes it
 *  @throws ServiceError "not-an-mbox", "damaged-gzip", "unpacks-too-big" or "disk-full" */
export async function unpackedCopy(
	address: MailboxAddress,
): Promise<{ path: string; remove: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	const remove = () => rm(folder, { recursive: true, force: true });
	const path = join(folder, 'mbox');
	try {
		const packed = await openOnlyFile(address.source);
		const copy = await open(path, 'wx', 0o600);
		try {
			for await (const piece of unpacked(packed, mboxUnpackingLimits)) await copy.appendFile(piece);
		} finally {
			await copy.close();
			await packed.close();
		}
		refuseOther(address.source, await beginningOf(path));
	} catch (error) {
		await remove();
		throw diagnose(error, address);
	}
	return { path, remove };
}

/** Opens the file for reading, not through a link: whoever can write into the folder must not choose which file is read. */
export function openOnlyFile(path: string): Promise<FileHandle> {
	return open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
}

function undefinedIfMissing(error: unknown): undefined {
	if (!isMissing(error)) throw error;
}
