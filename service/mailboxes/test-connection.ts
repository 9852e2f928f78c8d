import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectionReport } from '../contract/account.ts';
import { counted } from '../words.ts';
import { diagnose } from './diagnosis.ts';
import { emlFilingPath, openEmlFolder } from './eml-folder/eml-folder.ts';
import { quoteFolder } from './folder-names.ts';
import { possibleFilingFolders, readOnlyFolder, signIn, sourceAmong } from './imap/connection.ts';
import { listFolders, openFolder } from './imap/folders.ts';
import type { Folders } from './imap/folders.ts';
import { searchUids } from './imap/reading.ts';
import type { ImapWire } from './imap/wire.ts';
import { usualLimits } from './mail-store.ts';
import type { FilingFolder, Leaving, MailboxAddress, TestMailbox } from './mail-store.ts';
import { filingFolderPath, isMissing } from './maildir/folders.ts';
import { openMaildir } from './maildir/maildir.ts';
import { mboxFilingPath } from './mbox/folders.ts';
import { countInMbox } from './mbox/mbox.ts';
import { openPop3 } from './pop3/pop3.ts';

/** An administrator waits for the answer in a browser. */
const patienceMs = 10_000;

const longestName = 4_096;

const filingFolders: readonly FilingFolder[] = ['processed', 'ignored'];

const looks = {
	imap: lookAtImap,
	pop3: lookAtPop3,
	maildir: lookAtMaildir,
	mbox: lookAtMbox,
	'eml-folder': lookAtEmlFolder,
};

/** Tries an account without leaving a trace: the folder is only examined (RFC 3501 §6.3.2), no folder is made, no
 *  mail marked. Never throws; what is wrong comes as a sentence with a stable `problem` name. */
export const testMailbox: TestMailbox = async (address) => {
	try {
		return await looks[address.protocol](address);
	} catch (error) {
		return failure(error, address);
	}
};

function failure(error: unknown, address: MailboxAddress): ConnectionReport {
	const { message, problem } = diagnose(error, address);
	return { isWorking: false, sentence: message, problem };
}

async function lookAtImap(address: MailboxAddress): Promise<ConnectionReport> {
	const connection = await signIn(address, { silenceMs: patienceMs, keepBytes: longestName });
	const { wire, capabilities } = connection;
	try {
		const folders = await listFolders(connection);
		const found = { folders: folders.selectable, capabilities: [...capabilities].sort() };
		try {
			const mayTellRights = capabilities.has('ACL');
			return { ...(await examine(wire, folders, address, mayTellRights)), ...found };
		} catch (error) {
			// A wrong folder name is chosen anew from the list.
			return { ...failure(error, address), ...found };
		}
	} finally {
		wire.close();
	}
}

async function examine(
	wire: ImapWire,
	folders: Folders,
	address: MailboxAddress,
	mayTellRights: boolean,
): Promise<ConnectionReport> {
	const source = sourceAmong(folders, address);
	await openFolder(wire, source, 'EXAMINE');
	const waiting = await searchUids(wire, 'UNDELETED');
	if (mayTellRights) await checkRights(wire, source, address);
	const filing = filingFolders.map((under) => {
		const names = possibleFilingFolders(source, under, folders, address);
		const existing = names.find((name) => folders.all.includes(name));
		return { name: existing ?? names[0]!, exists: existing !== undefined };
	});
	return success(`Signed in as ${address.userName}`, source, waiting.length, filing);
}

/** An examined folder always looks read-only, so the rights are asked for where the server can tell (RFC 4314):
 *  t and e are needed to move mail away; d stood for both in RFC 2086. */
async function checkRights(wire: ImapWire, source: string, address: MailboxAddress): Promise<void> {
	let rights = '';
	await wire.run(`MYRIGHTS ${quoteFolder(source)}`, ({ text }) => {
		rights = /^\* MYRIGHTS .* "?([a-z0-9]+)"?$/i.exec(text)?.[1] ?? rights;
	});
	const mayMove = rights.includes('d') || (rights.includes('t') && rights.includes('e'));
	if (rights !== '' && !mayMove) throw readOnlyFolder(source, address);
}

async function lookAtPop3(address: MailboxAddress): Promise<ConnectionReport> {
	const mailbox = await openPop3(address, { ...usualLimits, silenceMs: patienceMs });
	try {
		const waitingMails = await mailbox.countWaiting();
		const stayed = (await mailbox.countAll()) - waitingMails;
		const also = stayed > 0 ? ` ${counted(stayed, 'mail', 'mails')} more were read before.` : '';
		return {
			isWorking: true,
			sentence: `Signed in as ${address.userName}: ${waiting(waitingMails)}.${also} ${leavingInWords(address.leaving)}`,
			waitingMails,
			capabilities: [...mailbox.capabilities].sort(),
		};
	} finally {
		await mailbox.close();
	}
}

function leavingInWords(leaving: Leaving | undefined): string {
	const deletes = leaving?.deletes ?? { processed: false, ignored: false };
	const fate = (isDeleted: boolean) => (isDeleted ? 'are deleted' : 'stay on the server');
	return deletes.processed === deletes.ignored
		? `Mails that were read ${fate(deletes.processed)}.`
		: `Mails that were processed ${fate(deletes.processed)}, ignored ones ${fate(deletes.ignored)}.`;
}

async function lookAtMaildir(address: MailboxAddress): Promise<ConnectionReport> {
	const mailbox = await openMaildir(address, usualLimits);
	const filing = await Promise.all(
		filingFolders.map(async (under) => {
			const name = filingFolderPath(address, under);
			return { name, exists: await isThere(join(name, 'cur')) };
		}),
	);
	const waiting = await mailbox.countWaiting();
	return success('The Maildir can be read', address.source, waiting, filing);
}

async function lookAtEmlFolder(address: MailboxAddress): Promise<ConnectionReport> {
	const mailbox = await openEmlFolder(address, usualLimits);
	const filing = await Promise.all(
		filingFolders.map(async (under) => {
			const name = emlFilingPath(address, under);
			return { name, exists: await isThere(name) };
		}),
	);
	const waiting = await mailbox.countWaiting();
	return success('The folder can be read', address.source, waiting, filing);
}

async function lookAtMbox(address: MailboxAddress): Promise<ConnectionReport> {
	const waitingMails = await countInMbox(address, { ...usualLimits, silenceMs: patienceMs });
	const moved = filingFolders.filter((under) => address.leaving?.deletes[under]);
	if (moved.length === 0) {
		return {
			isWorking: true,
			sentence: `The mbox can be read: ${waiting(waitingMails)} in ${address.source}. The file is left as it is; which mails were read is remembered.`,
			waitingMails,
		};
	}
	const filing = await Promise.all(
		moved.map(async (under) => {
			const name = join(mboxFilingPath(address), under);
			return { name, exists: await isThere(name) };
		}),
	);
	return success('The mbox can be read', address.source, waitingMails, filing);
}

async function isThere(path: string): Promise<boolean> {
	try {
		await access(path);
		return true;
	} catch (error) {
		if (isMissing(error)) return false;
		throw error;
	}
}

function success(
	what: string,
	source: string,
	waitingMails: number,
	filing: readonly { name: string; exists: boolean }[],
): ConnectionReport {
	const hasFilingFolders = filing.every(({ exists }) => exists);
	const names = filing.map(({ name }) => `“${name}”`).join(' and ');
	const folders = hasFilingFolders
		? `The filing folders ${names} are there.`
		: `The first run will make the filing folders ${names}.`;
	return {
		isWorking: true,
		sentence: `${what}: ${waiting(waitingMails)} in ${source}. ${folders}`,
		waitingMails,
		hasFilingFolders,
	};
}

function waiting(mails: number): string {
	return counted(mails, 'mail waits', 'mails wait');
}
