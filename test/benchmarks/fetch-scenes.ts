import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { AccountForm } from '../../service/settings/accounts.ts';
import type { Protocol } from '../../service/contract/account.ts';
import { openDatabase } from '../../service/db/open.ts';
import { openLog } from '../../service/log.ts';
import { openSites } from '../../service/sites.ts';
import { addressing, sendMailingTo, testSecret } from '../support/a-mailing.ts';
import { generateBounce } from '../support/bounce-generator.ts';
import type { Dovecot, DovecotUser } from '../support/dovecot.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';
import { mboxOnDisk } from '../support/mbox-on-disk.ts';

const seed = 20_260_105;

/** A site whose mailing went to many people and bounced at each, and the mailbox that the bounces lie in. */
export interface Scene {
	/** Its database, with the one site "1". */
	database: string;
	/** Where the site may read Maildirs and mboxes. */
	folder: string;
	count: number;
	/** On a server; absent for a mailbox that is a file or a folder. */
	user?: DovecotUser;
}

export interface SceneOptions {
	protocol: Protocol;
	isTls?: boolean;
	/** Reach the server here instead. */
	port?: number;
	/** Put these into the mailbox instead of the bounces. */
	mails?: Buffer[];
}

/** Scenes lie in the folder for temporary files until they are cleared away. */
export class Scenes {
	readonly #folder = mkdtempSync(join(tmpdir(), 'rc-bench-'));
	readonly #dovecot: Dovecot;
	#made = 0;

	/** @param dovecot serves the mailboxes */
	constructor(dovecot: Dovecot) {
		this.#dovecot = dovecot;
	}

	/** A mailbox of a server full of bounces to return addresses of nobody in particular. */
	bareMailbox(count: number): DovecotUser {
		const user = this.#dovecot.addUser();
		for (let n = 0; n < count; n++) {
			const hash = n.toString(16).padStart(16, '0');
			const returnAddress = `return+b.12.${n + 1}.${hash}@example.org`;
			user.inbox.deliver(generateBounce(n, returnAddress, recipientOf(n), seed));
		}
		return user;
	}

	/** A site and its full mailbox. */
	async site(count: number, options: SceneOptions): Promise<Scene> {
		const folder = join(this.#folder, String(++this.#made));
		const database = join(folder, 'service.sqlite');
		const { account, deliver, user } = this.#mailbox(folder, options);
		const db = await openDatabase(database);
		const config = { secret: testSecret, mailFolders: [folder] };
		const site = await openSites(db, config, { log: openLog('silent') }).introduce({
			id: '1',
			name: 'Example Trust',
			url: 'https://example.org',
			adminEmail: 'admin@example.org',
		});
		await site.accounts.add(account);
		deliver(...(options.mails ?? []));
		await site.inTransaction(async (inside) => {
			const emails = Array.from({ length: count }, (_, n) => recipientOf(n));
			for (const [n, recipient] of (await sendMailingTo(inside, ...emails)).entries())
				deliver(generateBounce(n, recipient.returnAddress, recipient.email, seed));
		});
		await db.destroy();
		return { database, folder, count: count + (options.mails?.length ?? 0), user };
	}

	clear(): void {
		rmSync(this.#folder, { recursive: true, force: true });
	}

	#mailbox(folder: string, { protocol, isTls = false, port }: SceneOptions) {
		const onDisk = { maildir: maildirOnDisk, mbox: mboxOnDisk } as const;
		if (protocol === 'maildir' || protocol === 'mbox') {
			const { path, deliver } = onDisk[protocol](join(folder, 'mailbox'));
			return { account: anAccount({ protocol, source: path, purgeProcessed: true }), deliver };
		}
		const user = this.#dovecot.addUser();
		const security = isTls ? ('tls' as const) : ('none' as const);
		const { server, userName, password, ...address } = user.address({ protocol, security });
		const account = anAccount({
			...{ protocol, security, server, userName, password, verifyCertificate: false },
			port: port ?? address.port,
		});
		return { account, deliver: user.inbox.deliver, user };
	}
}

/** Adds mails to the journal and the bounce log of a site, as if they had been read today. */
export async function rememberMails({ database }: Scene, count: number): Promise<void> {
	const db = await openDatabase(database);
	const numbers = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
	await sql`${numbers} insert into journal (site_id, account_id, fingerprint, at, kind, subject, sender, outcome,
		because, failures) select '1', 1, 'f' || i, ${Date.now()}, 'bounce', '', '', 'acted', '', 0 from n`.execute(
		db,
	);
	await sql`${numbers} insert into bounces (site_id, fingerprint, position, account_id, recorded_at, kind, email, type,
		reason, fault, decided_by, is_recognised, trust, matched_by, counts, counting, caused_hold, because)
		select '1', 'f' || i, 0, 1, ${Date.now()}, 'bounce', '', 'Spam', 'blocklisted', 'sender', '', 1, 'proved',
		'nothing', 0, '', 0, '' from n`.execute(db);
	await db.destroy();
}

/** A bounce that brings so many bytes back. */
export function aBounceWithAttachment(bytes: number): Buffer {
	const line = `${'QUJD'.repeat(19)}\n`;
	return Buffer.from(
		[
			'From: Mail Delivery System <MAILER-DAEMON@mx.example.com>',
			'To: return+b.12.1.0123456789abcdef@example.org',
			'Subject: Undelivered Mail Returned to Sender',
			'Message-ID: <big@mx.example.com>',
			'MIME-Version: 1.0',
			'Content-Type: multipart/mixed; boundary="m"',
			'',
			'--m',
			'Content-Type: text/plain',
			'',
			'<nobody@example.com>: 550 5.1.1 User unknown',
			'',
			'--m',
			'Content-Type: application/octet-stream; name="scan.bin"',
			'Content-Transfer-Encoding: base64',
			'',
			line.repeat(Math.ceil(bytes / line.length)),
			'--m--',
			'',
		].join('\n'),
	);
}

function anAccount(own: Partial<AccountForm> & { protocol: Protocol }): AccountForm {
	return {
		...addressing,
		name: 'Bounces',
		usedFor: 'bounces',
		server: '',
		port: null,
		security: 'none',
		verifyCertificate: true,
		userName: '',
		returnPath: '',
		source: own.protocol === 'imap' ? 'INBOX' : '',
		filingFolder: 'CiviMail',
		isActive: true,
		purgeProcessed: true,
		purgeUnprocessed: true,
		...own,
	};
}

function recipientOf(n: number): string {
	return `person${n}@host${n % 97}.example`;
}
