/** What common providers' mailboxes need, by the domain of an address, so that an administrator types an address and a
 *  password and no more. Facts as the providers' help pages say them, a dozen of them compared with Thunderbird's database of providers (github.com/thunderbird/autoconfig); where a provider takes app passwords or OAuth2 only,
 *  the form says so before the first try. */

import type { Security } from './account.ts';
import type { OAuthProvider } from './oauth.ts';

export interface MailServer {
	server: string;
	port: number;
	security: Security;
}

export interface MailProvider {
	name: string;
	imap: MailServer;
	/** Null where there is none. */
	pop3: MailServer | null;
	/** `password`: the usual one; `app-password`: one made for this purpose; `oauth2`: no passwords at all. */
	signIn: 'password' | 'app-password' | 'oauth2';
	/** Where an app password is made, or IMAP is switched on. */
	helpUrl?: string;
	oauth?: Exclude<OAuthProvider, 'custom'>;
	/** What else its servers are for: mailboxes whose addresses do not tell the provider. */
	alsoFor?: string;
	/** IMAP is off until the owner switches it on. */
	isOffAtFirst?: boolean;
	domains: readonly string[];
}

const tls = (server: string, port: number): MailServer => ({ server, port, security: 'tls' });
const both = (imap: string, pop3 = imap) => ({ imap: tls(imap, 993), pop3: tls(pop3, 995) });

export const mailProviders: readonly MailProvider[] = [
	{
		name: 'Gmail',
		...both('imap.gmail.com', 'pop.gmail.com'),
		signIn: 'app-password',
		alsoFor: 'Google Workspace',
		helpUrl: 'https://myaccount.google.com/apppasswords',
		oauth: 'google',
		domains: ['gmail.com', 'googlemail.com'],
	},
	{
		name: 'Outlook.com',
		...both('outlook.office365.com'),
		signIn: 'oauth2',
		alsoFor: 'Microsoft 365',
		oauth: 'microsoft',
		domains: [
			'outlook.com',
			'hotmail.com',
			'live.com',
			'msn.com',
			'hotmail.co.uk',
			'hotmail.fr',
			'hotmail.de',
			'hotmail.it',
			'outlook.de',
			'outlook.fr',
			'live.co.uk',
			'live.fr',
		],
	},
	{
		name: 'Yahoo Mail',
		...both('imap.mail.yahoo.com', 'pop.mail.yahoo.com'),
		signIn: 'app-password',
		helpUrl: 'https://login.yahoo.com/account/security',
		domains: [
			'yahoo.com',
			'yahoo.co.uk',
			'yahoo.de',
			'yahoo.fr',
			'yahoo.it',
			'yahoo.es',
			'ymail.com',
			'rocketmail.com',
		],
	},
	{
		name: 'AOL Mail',
		...both('imap.aol.com', 'pop.aol.com'),
		signIn: 'app-password',
		helpUrl: 'https://login.aol.com/account/security',
		domains: ['aol.com', 'aim.com'],
	},
	{
		name: 'iCloud Mail',
		imap: tls('imap.mail.me.com', 993),
		pop3: null,
		signIn: 'app-password',
		helpUrl: 'https://account.apple.com',
		domains: ['icloud.com', 'me.com', 'mac.com'],
	},
	{
		name: 'GMX',
		...both('imap.gmx.net', 'pop.gmx.net'),
		signIn: 'password',
		helpUrl: 'https://hilfe.gmx.net/pop-imap/einschalten.html',
		isOffAtFirst: true,
		domains: ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch'],
	},
	{
		name: 'GMX',
		...both('imap.gmx.com', 'pop.gmx.com'),
		signIn: 'password',
		helpUrl: 'https://support.gmx.com/pop-imap/toggle.html',
		isOffAtFirst: true,
		domains: ['gmx.com', 'gmx.us', 'gmx.co.uk'],
	},
	{
		name: 'WEB.DE',
		...both('imap.web.de', 'pop3.web.de'),
		signIn: 'password',
		helpUrl: 'https://hilfe.web.de/pop-imap/einschalten.html',
		isOffAtFirst: true,
		domains: ['web.de'],
	},
	{
		name: 'T-Online',
		...both('secureimap.t-online.de', 'securepop.t-online.de'),
		signIn: 'app-password',
		helpUrl: 'https://www.telekom.de/hilfe/apps-dienste/e-mail/programme/passwort-verwalten',
		domains: ['t-online.de', 'magenta.de'],
	},
	{
		name: 'freenet',
		...both('mx.freenet.de'),
		signIn: 'password',
		helpUrl:
			'https://kundenservice.freenet.de/faq/e-mail-client-mail/pop3-imap-und-smtp-aktivieren/',
		isOffAtFirst: true,
		domains: ['freenet.de'],
	},
	{
		name: 'Posteo',
		...both('posteo.de'),
		signIn: 'password',
		domains: ['posteo.de', 'posteo.net', 'posteo.org'],
	},
	{
		name: 'mailbox.org',
		...both('imap.mailbox.org', 'pop3.mailbox.org'),
		signIn: 'password',
		domains: ['mailbox.org'],
	},
	{
		name: 'Fastmail',
		...both('imap.fastmail.com', 'pop.fastmail.com'),
		signIn: 'app-password',
		helpUrl: 'https://app.fastmail.com/settings/security/devicekeys',
		domains: ['fastmail.com', 'fastmail.fm'],
	},
	{
		name: 'Zoho Mail',
		...both('imap.zoho.com', 'pop.zoho.com'),
		signIn: 'app-password',
		helpUrl: 'https://accounts.zoho.com/home#security/app_password',
		isOffAtFirst: true,
		domains: ['zoho.com', 'zohomail.com'],
	},
	{
		name: 'Yandex',
		...both('imap.yandex.com', 'pop.yandex.com'),
		signIn: 'app-password',
		helpUrl: 'https://id.yandex.com/security/app-passwords',
		isOffAtFirst: true,
		domains: ['yandex.ru', 'yandex.com', 'ya.ru'],
	},
	{
		name: 'Mail.ru',
		...both('imap.mail.ru', 'pop.mail.ru'),
		signIn: 'app-password',
		helpUrl: 'https://account.mail.ru/user/2-step-auth/passwords',
		domains: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru'],
	},
	{
		name: 'Orange',
		...both('imap.orange.fr', 'pop.orange.fr'),
		signIn: 'password',
		domains: ['orange.fr', 'wanadoo.fr'],
	},
	{
		name: 'Free',
		...both('imap.free.fr', 'pop.free.fr'),
		signIn: 'password',
		domains: ['free.fr'],
	},
	{
		name: 'SFR',
		...both('imap.sfr.fr', 'pop.sfr.fr'),
		signIn: 'password',
		domains: ['sfr.fr', 'neuf.fr'],
	},
	{
		name: 'La Poste',
		...both('imap.laposte.net', 'pop.laposte.net'),
		signIn: 'password',
		domains: ['laposte.net'],
	},
	{
		name: 'Libero',
		...both('imapmail.libero.it', 'popmail.libero.it'),
		signIn: 'password',
		isOffAtFirst: true,
		domains: ['libero.it', 'inwind.it', 'iol.it', 'blu.it'],
	},
	{
		name: 'Aruba',
		...both('imaps.aruba.it', 'pop3s.aruba.it'),
		signIn: 'password',
		domains: ['aruba.it'],
	},
	{
		name: 'Bluewin',
		...both('imaps.bluewin.ch', 'pop3s.bluewin.ch'),
		signIn: 'password',
		domains: ['bluewin.ch'],
	},
	{
		name: 'Ziggo',
		...both('imap.ziggo.nl', 'pop.ziggo.nl'),
		signIn: 'password',
		domains: ['ziggo.nl'],
	},
	{
		name: 'KPN',
		...both('imap.kpnmail.nl', 'pop.kpnmail.nl'),
		signIn: 'password',
		domains: ['kpnmail.nl', 'hetnet.nl', 'planet.nl', 'telfort.nl', 'xs4all.nl'],
	},
	{
		name: 'Seznam',
		...both('imap.seznam.cz', 'pop3.seznam.cz'),
		signIn: 'password',
		domains: ['seznam.cz', 'email.cz'],
	},
	{
		name: 'Onet',
		...both('imap.poczta.onet.pl', 'pop3.poczta.onet.pl'),
		signIn: 'password',
		domains: ['onet.pl', 'op.pl', 'vp.pl'],
	},
	{
		name: 'WP',
		...both('imap.wp.pl', 'pop3.wp.pl'),
		signIn: 'password',
		isOffAtFirst: true,
		domains: ['wp.pl'],
	},
	{
		name: 'o2',
		...both('poczta.o2.pl'),
		signIn: 'password',
		helpUrl: 'https://pomoc.o2.pl/aktywacja-dostepu-dla-programow-pocztowych',
		isOffAtFirst: true,
		domains: ['o2.pl', 'go2.pl', 'tlen.pl'],
	},
	{
		name: 'Comcast Xfinity',
		...both('imap.comcast.net', 'pop3.comcast.net'),
		signIn: 'password',
		isOffAtFirst: true,
		domains: ['comcast.net'],
	},
	{
		name: 'AT&T Mail',
		...both('imap.mail.att.net', 'inbound.att.net'),
		signIn: 'app-password',
		helpUrl: 'https://www.att.com/acctmgmt/signin',
		domains: [
			'att.net',
			'sbcglobal.net',
			'bellsouth.net',
			'ameritech.net',
			'pacbell.net',
			'swbell.net',
		],
	},
	{
		name: 'QQ Mail',
		...both('imap.qq.com', 'pop.qq.com'),
		signIn: 'app-password',
		helpUrl: 'https://service.mail.qq.com',
		isOffAtFirst: true,
		domains: ['qq.com', 'foxmail.com'],
	},
	{
		name: 'NetEase',
		...both('imap.163.com', 'pop.163.com'),
		signIn: 'app-password',
		isOffAtFirst: true,
		domains: ['163.com'],
	},
	{
		name: 'Naver',
		...both('imap.naver.com', 'pop.naver.com'),
		signIn: 'app-password',
		isOffAtFirst: true,
		domains: ['naver.com'],
	},
	{
		name: 'UOL',
		...both('imap.uol.com.br', 'pop3.uol.com.br'),
		signIn: 'password',
		domains: ['uol.com.br'],
	},
	{
		name: 'BOL',
		...both('imap.bol.com.br', 'pop3.bol.com.br'),
		signIn: 'password',
		domains: ['bol.com.br'],
	},
];

const byDomain = new Map(
	mailProviders.flatMap((provider) =>
		provider.domains.map((domain) => [domain, provider] as const),
	),
);

/** The provider of an address ("return@gmail.com"), or undefined when its domain tells nothing. */
export function providerOf(address: string): MailProvider | undefined {
	return byDomain.get(
		address
			.slice(address.lastIndexOf('@') + 1)
			.trim()
			.toLowerCase(),
	);
}

/** The provider whose server this is ("imap.gmail.com"), whatever the domain of the address. */
export function providerOfServer(server: string): MailProvider | undefined {
	const name = server.trim().toLowerCase();
	return mailProviders.find(
		({ imap, pop3 }) => name !== '' && (imap.server === name || pop3?.server === name),
	);
}
