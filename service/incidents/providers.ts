/** Mail providers that many recipients share: under which domains they give addresses, and what the servers are called
 *  that take mail for them, also for domains of their customers. From the providers' public MX records and help pages;
 *  hosts by which they send are left out on purpose, because those also report bounces of mail that left through them. */
const providers: readonly { name: string; domains: readonly string[]; hosts: readonly string[] }[] =
	[
		{
			name: 'Google',
			domains: ['gmail.com', 'googlemail.com'],
			hosts: ['l.google.com', 'googlemail.com', 'smtp.google.com'],
		},
		{
			name: 'Microsoft',
			domains: [
				'outlook.com',
				'hotmail.com',
				'live.com',
				'msn.com',
				'hotmail.co.uk',
				'hotmail.fr',
				'hotmail.de',
				'hotmail.it',
				'hotmail.es',
				'outlook.de',
				'outlook.fr',
				'live.de',
				'live.fr',
				'live.nl',
				'live.co.uk',
			],
			hosts: ['protection.outlook.com', 'mx.microsoft'],
		},
		{
			name: 'Yahoo',
			domains: [
				'yahoo.com',
				'yahoo.co.uk',
				'yahoo.de',
				'yahoo.fr',
				'yahoo.es',
				'yahoo.it',
				'yahoo.ca',
				'yahoo.com.br',
				'yahoo.co.in',
				'ymail.com',
				'rocketmail.com',
				'aol.com',
				'aim.com',
				'aol.de',
				'verizon.net',
				'att.net',
				'sbcglobal.net',
				'bellsouth.net',
				'frontier.com',
				'sky.com',
				'btinternet.com',
			],
			hosts: ['yahoodns.net'],
		},
		{ name: 'Apple', domains: ['icloud.com', 'me.com', 'mac.com'], hosts: ['mail.icloud.com'] },
		{
			name: 'GMX and WEB.DE',
			domains: ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch', 'gmx.com', 'web.de', 'mail.com'],
			hosts: ['mx00.gmx.net', 'mx01.gmx.net', 'emig.gmx.net', 'mx-ha.web.de'],
		},
		{ name: 'IONOS', domains: [], hosts: ['kundenserver.de', 'ionos.com', '1and1.com'] },
		{
			name: 'Telekom',
			domains: ['t-online.de', 'magenta.de'],
			hosts: ['mx00.t-online.de', 'mx01.t-online.de', 'mx02.t-online.de', 'mx03.t-online.de'],
		},
		{ name: 'Orange', domains: ['orange.fr', 'wanadoo.fr'], hosts: ['smtp-in.orange.fr'] },
		{ name: 'SFR', domains: ['sfr.fr', 'neuf.fr', 'cegetel.net'], hosts: ['smtp-in.sfr.fr'] },
		{ name: 'Free', domains: ['free.fr'], hosts: ['mx1.free.fr', 'mx2.free.fr'] },
		{ name: 'La Poste', domains: ['laposte.net'], hosts: ['smtpz4.laposte.net'] },
		{ name: 'OVH', domains: [], hosts: ['mail.ovh.net'] },
		{
			name: 'Libero',
			domains: ['libero.it', 'virgilio.it', 'iol.it'],
			hosts: ['smtp-in.libero.it'],
		},
		{ name: 'KPN', domains: ['kpnmail.nl', 'planet.nl', 'hetnet.nl', 'xs4all.nl'], hosts: [] },
		{ name: 'Ziggo', domains: ['ziggo.nl', 'home.nl', 'upcmail.nl'], hosts: [] },
		{ name: 'Comcast', domains: ['comcast.net'], hosts: ['mx1.comcast.net', 'mx2.comcast.net'] },
		{ name: 'Charter', domains: ['charter.net', 'rr.com', 'twc.com', 'spectrum.net'], hosts: [] },
		{ name: 'Cox', domains: ['cox.net'], hosts: [] },
		{
			name: 'Proton',
			domains: ['proton.me', 'protonmail.com', 'pm.me'],
			hosts: ['mail.protonmail.ch', 'mailsec.protonmail.ch'],
		},
		{ name: 'Fastmail', domains: ['fastmail.com', 'fastmail.fm'], hosts: ['messagingengine.com'] },
		{
			name: 'Zoho',
			domains: ['zoho.com', 'zohomail.com', 'zohomail.eu'],
			hosts: ['mx.zoho.com', 'mx.zoho.eu'],
		},
		{
			name: 'Mail.ru',
			domains: ['mail.ru', 'bk.ru', 'list.ru', 'inbox.ru', 'internet.ru'],
			hosts: ['mxs.mail.ru', 'emx.mail.ru'],
		},
		{
			name: 'Yandex',
			domains: ['yandex.ru', 'yandex.com', 'ya.ru'],
			hosts: ['mx.yandex.ru', 'mx.yandex.net'],
		},
		{
			name: 'Tencent',
			domains: ['qq.com', 'foxmail.com'],
			hosts: ['mx1.qq.com', 'mx2.qq.com', 'mx3.qq.com', 'mxbiz1.qq.com', 'mxbiz2.qq.com'],
		},
		{ name: 'NetEase', domains: ['163.com', '126.com', 'yeah.net'], hosts: ['mxmail.netease.com'] },
		{
			name: 'Naver',
			domains: ['naver.com'],
			hosts: ['mx1.naver.com', 'mx2.naver.com', 'mx3.naver.com'],
		},
		{ name: 'UOL', domains: ['uol.com.br', 'bol.com.br'], hosts: ['mx.uol.com.br'] },
		{ name: 'Mimecast', domains: [], hosts: ['mimecast.com'] },
		{ name: 'Proofpoint', domains: [], hosts: ['pphosted.com', 'ppe-hosted.com'] },
		{ name: 'Barracuda', domains: [], hosts: ['barracudanetworks.com', 'ess.barracuda.com'] },
		{ name: 'Broadcom MessageLabs', domains: [], hosts: ['messagelabs.com'] },
		{ name: 'Cisco', domains: [], hosts: ['iphmx.com'] },
		{ name: 'Hornetsecurity', domains: [], hosts: ['hornetsecurity.com', 'antispameurope.com'] },
	];

const byDomain = new Map(
	providers.flatMap(({ name, domains }) => domains.map((domain) => [domain, name] as const)),
);
const byHost = new Map(
	providers.flatMap(({ name, hosts }) => hosts.map((host) => [host, name] as const)),
);

/** The provider that gives addresses under a domain, lower case; undefined when it is not a known one. */
export function providerOfDomain(domain: string): string | undefined {
	return byDomain.get(domain);
}

/** The provider that a mail server belongs to: "gmail-smtp-in.l.google.com" is Google's. */
export function providerOfServer(server: string): string | undefined {
	const labels = server.toLowerCase().replace(/\.$/, '').split('.').slice(-8);
	for (let i = 0; i < labels.length - 1; i++) {
		const found = byHost.get(labels.slice(i).join('.'));
		if (found) return found;
	}
	return undefined;
}
