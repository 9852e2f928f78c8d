import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Site } from '../../service/site.ts';
import { anActivityAccount } from '../support/a-filing-site.ts';

/** Mails below test/mail/filing that the demo's office gets, in order. */
const letters = [
	'plain-letter',
	'answers-a-thread',
	'calendar-invitation',
	'inline-image',
	'attachment-rfc2231-name',
	'charset-iso-2022-jp',
	'charset-koi8-r',
	'html-only',
	'mailing-list',
	'redirected-resent',
	'several-texts-apple-mail',
	'signed-smime',
	'token-case',
	'auto-reply',
];

/** Adds a mail account for people's mail, and the Maildir in which it waits.
 *  @returns how many mails wait. */
export async function addSampleLetters(site: Site, maildir: string): Promise<number> {
	await site.accounts.add(anActivityAccount(maildir, {}, 'Office'));
	for (const part of ['new', 'cur', 'tmp']) await mkdir(join(maildir, part), { recursive: true });
	for (const [n, letter] of letters.entries()) {
		const eml = await readFile(new URL(`../mail/filing/${letter}.eml`, import.meta.url), 'latin1');
		// Each is a mail of its own here, though the cases share a Message-ID.
		const own = eml.replace(/^Message-ID: <boat\.1@/m, `Message-ID: <boat.${n}@`);
		const name = `${Math.floor(site.now().getTime() / 1000)}.M${String(n).padStart(6, '0')}P1.demo`;
		await writeFile(join(maildir, 'new', name), own, 'latin1');
	}
	return letters.length;
}
