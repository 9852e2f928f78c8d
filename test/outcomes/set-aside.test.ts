import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { anActivityAccount } from '../support/a-filing-site.ts';
import { openMailRoom } from '../support/a-mail-room.ts';
import type { MailRoom } from '../support/a-mail-room.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';
import { setAsideTests } from './set-aside.ts';

describe('on a Maildir', () => {
	let room: MailRoom;
	let sites = 0;
	beforeAll(async () => {
		room = await openMailRoom();
	});
	afterAll(() => room.close());

	setAsideTests(
		async () => {
			const siteId = String(++sites);
			const path = join(room.folder, `box-${siteId}`);
			const inbox = maildirOnDisk(path);
			inbox.deliver();
			const ignored = () => maildirOnDisk(join(path, '.CiviMail.ignored'));
			return { room, siteId, box: { reads: { source: path }, inbox, ignored } };
		},
		{ forBounces: aMaildirAccount(''), forPeople: anActivityAccount('') },
	);
});
