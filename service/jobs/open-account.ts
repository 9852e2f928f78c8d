import type { Account } from '../contract/account.ts';
import { ServiceError } from '../errors.ts';
import type { MailStore } from '../mailboxes/mail-store.ts';
import type { Site } from '../site.ts';

/** Opens the mailbox of a stored account; an OAuth2 token that the server refuses before its time is renewed once.
 *  @throws ServiceError mailbox-trouble with what is wrong, in words */
export async function openAccount(site: Site, { id }: Pick<Account, 'id'>): Promise<MailStore> {
	try {
		return await site.openMailbox(await site.accounts.mailboxAddress(id));
	} catch (error) {
		if (!(error instanceof ServiceError) || error.problem !== 'token-refused') throw error;
		await site.authorisations.distrust(id);
		return site.openMailbox(await site.accounts.mailboxAddress(id));
	}
}
