import { afterAll, beforeAll, describe } from 'vitest';
import { anActivityAccount } from '../support/a-filing-site.ts';
import { openMailRoom } from '../support/a-mail-room.ts';
import type { MailRoom } from '../support/a-mail-room.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { setAsideTests } from './set-aside.ts';

describe('over IMAP on a real Dovecot', () => {
	let room: MailRoom;
	let dovecot: Dovecot;
	let sites = 0;
	beforeAll(async () => {
		dovecot = await startDovecot();
		room = await openMailRoom();
	});
	afterAll(async () => {
		await room.close();
		await dovecot.stop();
	});

	setAsideTests(
		async () => {
			const user = dovecot.addUser('inbox-prefix');
			const { server, port, userName, password } = user.address();
			const reads = {
				...{ protocol: 'imap' as const, server, port, security: 'none' as const },
				...{ userName, password, source: 'INBOX' },
			};
			const ignored = () => user.folder('CiviMail.ignored');
			return { room, siteId: String(++sites), box: { reads, inbox: user.inbox, ignored } };
		},
		{ forBounces: aMaildirAccount(''), forPeople: anActivityAccount('') },
	);
});
