import { link, readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { diagnose, trouble } from '../diagnosis.ts';
import type { MailboxAddress } from '../mail-store.ts';
import { isMissing } from '../maildir/folders.ts';

/** Older locks were left by a program that died; Dovecot, Postfix and procmail wait no longer either. */
const staleMs = 5 * 60_000;
const freshenMs = 20_000;
const lookAgainMs = 100;
/** Locks that this process made so far. */
let made = 0;

/** Does something while nobody else may write a mailbox file: others see the lock file `{path}.lock`, as Postfix,
 *  Dovecot, Exim and procmail make it themselves by default. Node has no fcntl lock, so a program that takes only that one
 *  is not held off. A lock *file*: Dovecot fails for minutes at a directory of this name.
 *  @param patienceMs how long to wait for another program
 *  @throws ServiceError "mailbox-locked", "no-permission", "disk-full" …, or what `work` throws */
export async function withDotlock<Result>(
	address: MailboxAddress,
	path: string,
	patienceMs: number,
	work: () => Promise<Result>,
): Promise<Result> {
	const lock = `${path}.lock`;
	await take(address, lock, Date.now() + patienceMs);
	const freshen = setInterval(() => {
		const now = new Date();
		// When it is gone meanwhile there is nothing to freshen, and the work is at its end soon.
		utimes(lock, now, now).catch(() => undefined);
	}, freshenMs);
	freshen.unref();
	try {
		return await work();
	} finally {
		clearInterval(freshen);
		await unlink(lock).catch((error: unknown) => {
			if (!isMissing(error)) throw diagnose(error, address);
		});
	}
}

async function take(address: MailboxAddress, lock: string, until: number): Promise<void> {
	for (;;) {
		if (await make(address, lock)) return;
		if (await isLeftOver(lock)) {
			await unlink(lock).catch(() => undefined);
			continue;
		}
		if (Date.now() >= until) {
			throw trouble(
				'mailbox-locked',
				`Another program holds the mailbox: ${lock} is there. The next run tries again; if it stays so although no mail program is at work, delete that file.`,
			);
		}
		await pause(lookAgainMs);
	}
}

/** The lock is written aside and then given its name: a process that dies between making and writing it would leave one that
 *  nobody can tell from a living program's. It says who holds it as Dovecot does, who looks whether the process still lives.
 *  @returns false when somebody else holds it */
async function make(address: MailboxAddress, lock: string): Promise<boolean> {
	const holder = `${process.pid}:${hostname()}`;
	const aside = `${lock}.${process.pid}.${++made}`;
	try {
		await writeFile(aside, holder, { mode: 0o644 });
		await link(aside, lock).catch((error: unknown) => {
			if (!hasCode(error, /^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS)$/)) throw error;
			// A file system without hard links.
			return writeFile(lock, holder, { mode: 0o644, flag: 'wx' });
		});
		return true;
	} catch (error) {
		if (hasCode(error, /^EEXIST$/)) return false;
		throw hasCode(error, /^(EACCES|EPERM)$/)
			? trouble(
					'no-permission',
					`The service may not make ${lock}, with which it keeps other programs from the mailbox while it reads. Give the user it runs as the right to write in that folder.`,
					error,
				)
			: diagnose(error, address);
	} finally {
		await unlink(aside).catch(() => undefined);
	}
}

function hasCode(error: unknown, code: RegExp): boolean {
	return error instanceof Error && 'code' in error && code.test(String(error.code));
}

/** Whether a lock is too old, or its process on this machine is no more. */
async function isLeftOver(lock: string): Promise<boolean> {
	try {
		const { mtimeMs } = await stat(lock);
		if (Date.now() - mtimeMs > staleMs) return true;
		const [pid = '', host] = (await readFile(lock, 'latin1')).trim().split(':');
		return host === hostname() && /^\d{1,9}$/.test(pid) && !isAlive(Number(pid));
	} catch (error) {
		// Released in this moment.
		if (isMissing(error)) return false;
		throw error;
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return hasCode(error, /^EPERM$/);
	}
}
