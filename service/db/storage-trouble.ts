import SQLite from 'better-sqlite3';
import { ServiceError } from '../errors.ts';

/** What is wrong with the place where the database lies, by the beginning of SQLite's result code
 *  (sqlite.org/rescode.html). Such an error says nothing about the mail or request that was worked on. */
const troubles: readonly { code: RegExp; problem: string; sentence: string }[] = [
	{
		code: /^SQLITE_(FULL|IOERR_WRITE|IOERR_SHMSIZE)$/,
		problem: 'database-full',
		sentence:
			'There is no space left on the disk of the database. Nothing is lost: what could not be written down is still in the mailbox, and the next run goes on there. Make room on that disk.',
	},
	{
		code: /^SQLITE_(READONLY|CANTOPEN|PERM)/,
		problem: 'database-read-only',
		sentence:
			'The database cannot be written. Give the user that the service runs as the right to write into its file and the folder around it.',
	},
	{
		code: /^SQLITE_BUSY/,
		problem: 'database-busy',
		sentence:
			'Another program kept the database for itself too long. Nothing is lost; the next run tries again.',
	},
	{
		code: /^SQLITE_(IOERR|CORRUPT|NOTADB)/,
		problem: 'database-damaged',
		sentence:
			'The database cannot be read or written as it should be; its disk or its file may be damaged. Check the disk, and bring back the newest backup if need be.',
	},
];

/** Says in words what is wrong with the database's disk or file; every other error is given back as it is.
 *  @returns a ServiceError of kind "storage-trouble" with a `problem` name, or `error` */
export function explainStorage(error: unknown): unknown {
	if (!(error instanceof SQLite.SqliteError)) return error;
	const { code } = error;
	const trouble = troubles.find((one) => one.code.test(code));
	if (!trouble) return error;
	const { problem, sentence } = trouble;
	return new ServiceError('storage-trouble', sentence, { problem, cause: error });
}

/** Whether something failed because of the database's disk or file, and not because of what was to be written. */
export function isStorageTrouble(error: unknown): boolean {
	return error instanceof ServiceError && error.kind === 'storage-trouble';
}
