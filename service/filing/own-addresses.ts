import type { Account } from '../contract/account.ts';

/** Whether an address is one that a mail account reads, so that it is no party of a mail (requirement F2). */
export type IsOwn = (email: string) => boolean;

/** The addresses of a site's mail accounts: the user name (or user name@domain), the local part with and without anything
 *  behind it, the return path. Pure.
 *  @returns a test for addresses in lower case */
export function ownAddresses(
	accounts: readonly Pick<Account, 'userName' | 'localPart' | 'emailDomain' | 'returnPath'>[],
): IsOwn {
	const exact = new Set<string>();
	const tagged: { start: string; domain: string }[] = [];
	for (const { userName, localPart, emailDomain, returnPath } of accounts) {
		const domain = emailDomain.toLowerCase();
		const user = userName.toLowerCase();
		if (user.includes('@')) exact.add(user);
		else if (user && domain) exact.add(`${user}@${domain}`);
		if (returnPath.includes('@')) exact.add(returnPath.toLowerCase());
		const bare = localPart.toLowerCase().replace(/[+\-_=.]+$/, '');
		if (!bare || !domain) continue;
		exact.add(`${bare}@${domain}`);
		tagged.push({ start: `${bare}+`, domain });
		// "return-": the sign that this account puts before what it appends.
		if (localPart.toLowerCase() !== bare) tagged.push({ start: localPart.toLowerCase(), domain });
	}
	for (const email of [...exact]) {
		const [local, domain] = [
			email.slice(0, email.lastIndexOf('@')),
			email.slice(email.lastIndexOf('@') + 1),
		];
		tagged.push({ start: `${local}+`, domain });
	}
	return (email) =>
		exact.has(email) ||
		tagged.some(({ start, domain }) => email.startsWith(start) && email.endsWith(`@${domain}`));
}
