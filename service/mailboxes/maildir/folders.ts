import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { access, chown, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { diagnose, trouble } from '../diagnosis.ts';
import { toModifiedUtf7 } from '../folder-names.ts';
import type { FilingFolder, MailboxAddress } from '../mail-store.ts';

/** Makes sure that an account's source is a Maildir that can be read and filed from, and changes nothing.
 *  @throws ServiceError "maildir-missing", "not-a-maildir", "no-permission" or "read-only-folder" */
export async function lookAtMaildir(address: MailboxAddress): Promise<void> {
	const path = address.source;
	const found = isAbsolute(path) ? await look(path, address) : undefined;
	if (!found) {
		throw trouble(
			'maildir-missing',
			`There is no directory ${path || '(empty path)'} on the machine that the service runs on. The source of a Maildir account is its whole path, such as /home/bounce/Maildir.`,
		);
	}
	for (const part of ['new', 'cur']) {
		if ((await look(join(path, part), address))?.isDirectory()) continue;
		throw trouble(
			'not-a-maildir',
			`${path} is not a Maildir: it has no directory “${part}” inside.${await suggestion(path)}`,
		);
	}
	try {
		for (const part of ['.', 'new', 'cur']) {
			await access(join(path, part), constants.R_OK | constants.W_OK | constants.X_OK);
		}
	} catch (error) {
		throw diagnose(error, address);
	}
}

async function look(path: string, address: MailboxAddress): Promise<Stats | undefined> {
	try {
		return await stat(path);
	} catch (error) {
		if (isMissing(error)) return undefined;
		throw diagnose(error, address);
	}
}

/** The home directory instead of the Maildir inside it is the usual slip. */
async function suggestion(path: string): Promise<string> {
	for (const name of ['Maildir', 'mail', '.maildir']) {
		try {
			const inside = await readdir(join(path, name));
			if (inside.includes('new') && inside.includes('cur')) {
				return ` Did you mean ${join(path, name)}?`;
			}
		} catch (error) {
			if (!isMissing(error)) return '';
		}
	}
	return '';
}

/** Path of a filing folder in Maildir++ (the layout of Courier and Dovecot), where folders lie side by side and
 *  dots stand between the parts of their names: "{maildir}/.CiviMail.processed", or beside a source that is a
 *  folder itself "{maildir}/.civicrm.CiviMail.processed". */
export function filingFolderPath(
	{ source, filingFolder }: MailboxAddress,
	under: FilingFolder,
): string {
	const parts = filingFolder.split(/[/\\.]+/).filter(Boolean);
	const inside = ['', ...parts.map(toModifiedUtf7), under].join('.');
	const name = basename(source);
	const isFolder = name.startsWith('.') && name !== '.maildir';
	return isFolder ? join(dirname(source), name + inside) : join(source, inside);
}

/** Makes a Maildir++ folder when it is missing, readable for whoever can read the source. */
export async function makeMaildirFolder(path: string, source: string): Promise<void> {
	const { mode, uid, gid } = await stat(source);
	const isRoot = process.getuid?.() === 0;
	for (const folder of [path, ...['cur', 'new', 'tmp'].map((part) => join(path, part))]) {
		const made = await mkdir(folder, { recursive: true, mode: mode & 0o777 });
		// Root makes it for the mailbox's owner, whose mail program has to get in.
		if (made !== undefined && isRoot) await chown(folder, uid, gid);
	}
	const marker = join(path, 'maildirfolder');
	await writeFile(marker, '', { flag: 'a', mode: mode & 0o666 });
	if (isRoot) await chown(marker, uid, gid);
}

/** Whether an error says that a file or directory is not there. */
export function isMissing(error: unknown): boolean {
	return (
		error instanceof Error &&
		'code' in error &&
		(error.code === 'ENOENT' || error.code === 'ENOTDIR')
	);
}
