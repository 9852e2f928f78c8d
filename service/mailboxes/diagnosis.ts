import { ServiceError } from '../errors.ts';
import type { MailboxAddress } from './mail-store.ts';

/** What is known about an error that a mailbox or its server gave. */
interface Symptoms {
	/** Node's or the library's code: "ECONNREFUSED". */
	code: string;
	/** Everything that was said: the error's message and the server's own words. */
	words: string;
	/** The server refused the user name or password. */
	isLogin: boolean;
	/** It was no password that was refused. */
	hasToken: boolean;
}

interface Problem {
	/** Stable; tests and help links use it. */
	name: string;
	when: { code?: RegExp; words?: RegExp; isLogin?: boolean; hasToken?: boolean };
	sentence: (address: MailboxAddress, said: string) => string;
}

/** What the protocols are called, and their usual ports: with TLS from the start, and without (RFC 8314 §3). */
const usual = ({ protocol }: MailboxAddress) =>
	protocol === 'pop3'
		? { name: 'POP3', tls: 995, plain: 110 }
		: { name: 'IMAP', tls: 993, plain: 143 };

const place = ({ server, port }: MailboxAddress) => `${server}, port ${port}`;

/** The known causes, the most telling first: the first whose conditions all hold is the diagnosis. Codes are those
 *  of Node (errno, OpenSSL's X509_V_ERR names) and of our own wires; words are those of servers, with RFC 5530 codes. */
const problems: readonly Problem[] = [
	{
		name: 'host-not-found',
		when: { code: /^(ENOTFOUND|EAI_NONAME|EAI_NODATA|ERR_INVALID_URL)$/ },
		sentence: ({ server }) => `There is no server named ${server}. Check the spelling.`,
	},
	{
		name: 'name-service-silent',
		when: { code: /^EAI_AGAIN$/ },
		sentence: ({ server }) =>
			`The name ${server} could not be looked up: the name service gave no answer. Check the spelling and this machine's network, then try again.`,
	},
	{
		name: 'connection-refused',
		when: { code: /^ECONNREFUSED$/ },
		sentence: (address) =>
			`Nothing answers on ${place(address)}. Check the port (${usual(address).tls} for TLS, ${usual(address).plain} for STARTTLS) and whether the server has ${usual(address).name} switched on.`,
	},
	{
		name: 'no-route',
		when: { code: /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/ },
		sentence: (address) => `There is no way through the network to ${place(address)}.`,
	},
	{
		name: 'connection-timeout',
		when: { code: /^(ETIMEDOUT|CONNECT_TIMEOUT|ESOCKETTIMEDOUT)$/ },
		sentence: (address) =>
			`No connection to ${place(address)} in time. A firewall may swallow it, or the port is wrong.`,
	},
	{
		name: 'no-greeting',
		when: { code: /^GREETING_TIMEOUT$/ },
		sentence: (address) =>
			address.security === 'tls'
				? `${place(address)} accepts connections and then does not greet as mail servers do. Is there ${usual(address).name} on it?`
				: `${place(address)} accepts connections and then does not greet as mail servers do. It may expect TLS from the start: choose security "TLS".`,
	},
	{
		name: 'not-tls',
		when: {
			code: /^(EPROTO|ERR_SSL_.*)$/,
			words: /wrong.version.number|packet.length.too.long|http.request/i,
		},
		sentence: (address) =>
			`${place(address)} does not speak TLS from the start. Choose security "STARTTLS" (usual on port ${usual(address).plain}), or the server's TLS port (usually ${usual(address).tls}).`,
	},
	{
		name: 'certificate-self-signed',
		when: { code: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/ },
		sentence: ({ server }) =>
			`The certificate of ${server} is self-signed, so nobody vouches that this is the right server. Have a proper certificate installed, or, if the server is your own, switch the certificate check off for this account.`,
	},
	{
		name: 'certificate-unknown-issuer',
		when: { code: /^(UNABLE_TO_|CERT_UNTRUSTED|INVALID_CA|CERT_CHAIN_TOO_LONG)/ },
		sentence: ({ server }) =>
			`The certificate of ${server} comes from an issuer that this machine does not know, or the server leaves out the certificates in between.`,
	},
	{
		name: 'certificate-wrong-name',
		when: { code: /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/ },
		sentence: ({ server }, said) =>
			`The certificate is for another name than ${server}. Write the server's name as in its certificate. (${said})`,
	},
	{
		name: 'certificate-expired',
		when: { code: /^CERT_HAS_EXPIRED$/ },
		sentence: ({ server }) =>
			`The certificate of ${server} has expired. Whoever runs the server has to renew it.`,
	},
	{
		name: 'certificate-not-yet-valid',
		when: { code: /^CERT_NOT_YET_VALID$/ },
		sentence: ({ server }) =>
			`The certificate of ${server} is not valid yet. Is the clock of this machine right?`,
	},
	{
		name: 'no-starttls',
		when: {
			words: /does not support STARTTLS|server does not support upgrading|STARTTLS (is )?not/i,
		},
		sentence: (address) =>
			`${place(address)} offers no STARTTLS. Choose security "TLS" with port ${usual(address).tls}; "none" would send the password readable to anybody on the way.`,
	},
	{
		name: 'tls-failed',
		when: {
			code: /^(EPROTO|ERR_SSL_.*|ERR_TLS_.*|UPGRADE_TIMEOUT|STARTTLS_INJECTION|ClosedAfterConnectTLS)$/,
		},
		sentence: (address, said) => `No secure connection to ${place(address)}: ${said}`,
	},
	{
		name: 'app-password-needed',
		when: {
			words:
				/application-specific password|app password|\b534[ -]5\.7\.|\b5\.7\.14\b|InvalidSecondFactor/i,
		},
		sentence: ({ userName }) =>
			`The provider wants an app password for ${userName}, because it takes the usual one only in a web browser. Make one in the account's security settings (at Google: myaccount.google.com, "App passwords") and enter it here instead of the usual password.`,
	},
	{
		name: 'web-login-needed',
		when: { words: /log ?in via your web browser|WEBALERT|web login required/i },
		sentence: ({ userName }) =>
			`The provider blocks this sign-in until somebody signs in as ${userName} in a web browser and confirms it. After that, an app password avoids the question.`,
	},
	{
		name: 'imap-disabled',
		when: {
			words: /not enabled for IMAP|IMAP (access |use )?is (disabled|not enabled)|IMAP.*disabled/i,
		},
		sentence: ({ userName }) =>
			`The mailbox of ${userName} is not open for IMAP. Switch IMAP on in the settings of the mailbox.`,
	},
	{
		name: 'pop3-disabled',
		when: {
			words:
				/not enabled for POP|POP3?( access| use)? (is )?(disabled|not enabled|not allowed|switched off)|POP3?\b.*disabled|disabled.*\bPOP3?\b/i,
		},
		sentence: ({ userName }) =>
			`The mailbox of ${userName} is not open for POP3. Switch POP3 on in the settings of the mailbox, or choose IMAP.`,
	},
	{
		name: 'encryption-needed',
		when: { words: /PRIVACYREQUIRED|login is disabled|LOGINDISABLED|plaintext auth/i },
		sentence: (address) =>
			`${place(address)} takes no password over an unencrypted connection. Choose security "TLS" or "STARTTLS".`,
	},
	{
		name: 'password-missing',
		when: { words: /No password configured/i },
		sentence: ({ userName }) => `There is no password for ${userName || 'this account'} yet.`,
	},
	{
		name: 'basic-login-blocked',
		when: { words: /basic auth(entication)? (is )?(disabled|blocked)|BasicAuthBlocked/i },
		sentence: ({ server }) =>
			`${server} takes no passwords any more, only OAuth2. Choose “OAuth2” for how this account signs in.`,
	},
	{
		name: 'password-expired',
		when: { words: /\[EXPIRED\]|(password|credentials)( has| have)? expired/i },
		sentence: ({ server, userName }) =>
			`The password of ${userName} on ${server} has expired. Set a new one there, then enter it here.`,
	},
	{
		name: 'account-closed',
		when: {
			words:
				/\[(CONTACTADMIN|AUTHORIZATIONFAILED)\]|(account|mailbox|user)( is| has been)?( temporarily)? (disabled|locked|suspended|blocked|deactivated)/i,
			isLogin: true,
		},
		sentence: ({ server, userName }, said) =>
			`${server} knows ${userName} and lets nobody in: “${said}”. Ask whoever runs the server to open the mailbox again.`,
	},
	{
		name: 'too-many-connections',
		when: {
			words:
				/too many (simultaneous )?connections|maximum number of connections|\[LIMIT\]|connections? limit/i,
		},
		sentence: ({ server, userName }) =>
			`${server} has too many connections of ${userName} open already. Close other mail programs or wait a few minutes.`,
	},
	{
		name: 'mailbox-in-use',
		when: { words: /\[IN-USE\]|(mailbox|maildrop|mail drop)( is)?( already)? (locked|in use)/i },
		sentence: ({ userName }) =>
			`Another program reads the mailbox of ${userName} just now, and POP3 lets in one at a time. The next run tries again; if this stays so, find out which program it is.`,
	},
	{
		name: 'login-delay',
		when: { words: /\[LOGIN-DELAY\]/i },
		sentence: ({ server, userName }) =>
			`${server} wants more time between two looks into the mailbox of ${userName}. The next run tries again; have the job run less often.`,
	},
	{
		name: 'no-uidl',
		when: { code: /^NO_UIDL$/ },
		sentence: ({ server }, said) =>
			`${server} cannot tell its mails apart from one session to the next (no UIDL), so they would be read again and again. Read this mailbox by IMAP. It says: “${said}”`,
	},
	{
		name: 'server-broken',
		when: { words: /\[SYS\/PERM\]|\[CORRUPTION\]/i },
		sentence: ({ server, userName }, said) =>
			`${server} cannot open the mailbox of ${userName}, and it will not heal by itself: “${said}”. Ask whoever runs the server.`,
	},
	{
		name: 'server-unavailable',
		when: {
			words:
				/\[UNAVAILABLE\]|temporar(y|ily)|try again later|\[INUSE\]|\[SERVERBUG\]|\[SYS\/TEMP\]/i,
		},
		sentence: ({ server }, said) =>
			`${server} can't serve the mailbox right now and says: “${said}”. Nothing is lost; the next run tries again.`,
	},
	{
		name: 'token-refused',
		when: { isLogin: true, hasToken: true },
		sentence: (address, said) =>
			`${address.server} refused the OAuth2 authorisation of ${address.userName}${said ? ` and says: “${said}”` : ''}. Check that the authorised mailbox is just this one and that it is open for ${usual(address).name}, or authorise it again.`,
	},
	{
		name: 'wrong-password',
		when: { isLogin: true },
		sentence: ({ server, userName }, said) =>
			`${server} refused the user name ${userName} or its password${said ? ` and says: “${said}”` : ''}.`,
	},
	{
		name: 'mailbox-full',
		when: { words: /\[OVERQUOTA\]|over quota|quota exceeded/i },
		sentence: ({ userName }, said) =>
			`The mailbox of ${userName} is full, so no mail can be filed: “${said}”. Delete old mail in it.`,
	},
	{
		name: 'no-permission',
		when: { code: /^(EACCES|EPERM)$/ },
		sentence: ({ source }) =>
			`The service may not read and write in ${source}. Give the user it runs as access to it and the folders inside.`,
	},
	{
		name: 'no-permission',
		when: { words: /\[NOPERM\]|permission denied|access denied/i },
		sentence: ({ userName, source }, said) =>
			`${userName} has not the rights that filing mail from ${source || 'INBOX'} needs: “${said}”`,
	},
	{
		name: 'read-only-folder',
		when: { code: /^EROFS$/ },
		sentence: ({ source }) =>
			`${source} is on a disk that can only be read, so no mail can be filed.`,
	},
	{
		name: 'disk-full',
		when: { code: /^(ENOSPC|EDQUOT)$/ },
		sentence: ({ source }) => `There is no space left on the disk of ${source}.`,
	},
	{
		name: 'server-silent',
		when: { code: /^(SERVER_SILENT|ETIMEOUT)$/ },
		sentence: (address) =>
			`${place(address)} stopped answering in the middle. Nothing is lost; the next run goes on from there.`,
	},
	{
		name: 'server-nonsense',
		when: { code: /^SERVER_NONSENSE$/ },
		sentence: (address, said) =>
			`${place(address)} talks nonsense where it should speak ${usual(address).name}: “${said}”. Nothing is lost; the next run tries again. If it stays so, check server and port.`,
	},
	{
		name: 'connection-lost',
		when: {
			code: /^(CONNECTION_LOST|ECONNRESET|EPIPE|NoConnection|EConnectionClosed|ClosedAfterConnect.*)$/,
		},
		sentence: (address, said) =>
			`The connection to ${place(address)} broke off (${said}). Nothing is lost; the next run goes on from there.`,
	},
];

/** Says in words what is wrong with a mailbox.
 *  @param error whatever the library, the socket or the file system threw; a ServiceError is passed on as it is
 *  @returns an error of kind "mailbox-trouble" whose `problem` is a stable name */
export function diagnose(error: unknown, address: MailboxAddress): ServiceError {
	if (error instanceof ServiceError) return error;
	const symptoms = { ...symptomsOf(error), hasToken: address.accessToken !== undefined };
	const problem = problems.find(({ when }) => fits(when, symptoms));
	const said = readable(symptoms.words);
	return trouble(
		problem?.name ?? 'unknown-trouble',
		problem?.sentence(address, said) ??
			`The mailbox of ${address.userName || address.source} can't be used. It says: “${said}”`,
		error,
	);
}

/** An error of kind "mailbox-trouble" for a cause that the caller knows. */
export function trouble(problem: string, sentence: string, cause?: unknown): ServiceError {
	return new ServiceError('mailbox-trouble', sentence, { problem, cause });
}

function fits({ code, words, isLogin, hasToken }: Problem['when'], symptoms: Symptoms): boolean {
	if (code && !code.test(symptoms.code)) return false;
	if (words && !words.test(symptoms.words)) return false;
	if (hasToken !== undefined && hasToken !== symptoms.hasToken) return false;
	return isLogin === undefined || isLogin === symptoms.isLogin;
}

/** The fields in which Node and our own wires put what they know. */
function symptomsOf(error: unknown): Omit<Symptoms, 'hasToken'> {
	const fields: Record<string, unknown> = error instanceof Error ? { ...error } : {};
	const text = (value: unknown) => (typeof value === 'string' ? value : '');
	const message = error instanceof Error ? error.message : String(error);
	const serverWords = [
		text(fields.serverResponseCode) && `[${text(fields.serverResponseCode)}]`,
		text(fields.said) || text(fields.responseText) || text(fields.response) || text(fields.reason),
	].filter(Boolean);
	return {
		code: text(fields.code),
		words: serverWords.length > 0 ? serverWords.join(' ') : message,
		isLogin: fields.authenticationFailed === true,
	};
}

/** A server's words as part of a sentence: one line, no control characters, not endless. */
function readable(words: string): string {
	const line = words
		.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
		.replace(/^\[[A-Z/-]+\] (?=\S)/, '')
		.replace(/^\S+ (NO|BAD) /, '')
		.replace(/^\[[A-Z]+\] (?=\S)/, '')
		.trim();
	return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
