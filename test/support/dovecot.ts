import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';
import { maildirOnDisk } from './maildir-on-disk.ts';
import type { MaildirOnDisk } from './maildir-on-disk.ts';
import { ensureSystemPackages } from './system-packages.ts';

/** How a user's folders are named: "INBOX/CiviMail"; with the prefix that Courier and many hosters have, "INBOX.CiviMail"; or
 *  "Mail/CiviMail", where nothing can stand below INBOX. */
export type FolderLayout = 'slash' | 'inbox-prefix' | 'own-prefix';

export interface DovecotUser {
	name: string;
	password: string;
	/** The INBOX on disk: mails delivered here cost no server. */
	inbox: MaildirOnDisk;
	/** Another folder on disk, by its Maildir++ name: "INBOX.CiviMail.processed". It need not exist. */
	folder(name: string): MaildirOnDisk;
	/** Makes a folder as the server would. */
	makeFolder(name: string): MaildirOnDisk;
	/** Takes the server's right to change a folder, so that it opens it for reading only. */
	makeReadOnly(name: string): void;
	/** How the service reaches this user's mailbox; any part may be replaced. */
	address(over?: Partial<MailboxAddress>): MailboxAddress;
}

export interface Dovecot {
	/** IMAP in plain text and with STARTTLS. */
	imapPort: number;
	/** IMAP in TLS. */
	imapsPort: number;
	/** POP3 in plain text and with STLS. */
	pop3Port: number;
	/** POP3 in TLS. */
	pop3sPort: number;
	/** A user with an empty mailbox whom no other test has. */
	addUser(layout?: FolderLayout): DovecotUser;
	/** What the server wrote into its log so far. */
	log(): string;
	stop(): Promise<void>;
}

export interface DovecotOptions {
	/** Capabilities to announce instead of the real ones, for servers that can do less. */
	capabilities?: string;
	/** How POP3 names its mails; "%f" is the Maildir's unique name. */
	uidlFormat?: string;
	/** Where tokens are looked up (RFC 7662), for signing in with OAuth2. */
	introspectionUrl?: string;
	/** How tokens are taken; both ways when left out. */
	tokenMechanisms?: 'xoauth2' | 'oauthbearer';
	/** Further loopback addresses to listen on, each with a certificate of its own (PEM files). */
	certificates?: Readonly<Record<string, { cert: string; key: string }>>;
	/** Folders have access control lists (RFC 4314), from the file `dovecot-acl` in each. */
	hasAcl?: boolean;
	/** Bytes that a user may keep. */
	quotaBytes?: number;
	/** Connections that a user may have to each service; 50 when left out. */
	connectionsAUser?: number;
	/** Users there can be of each layout, all of them connected at once if there are more than a few hundred. */
	users?: number;
}

type Ports = Pick<Dovecot, 'imapPort' | 'imapsPort' | 'pop3Port' | 'pop3sPort'>;

const systemUser = 'rcmail';

/** Starts a private Dovecot on free loopback ports in a directory of its own, with a self-signed certificate.
 *  Needs root. Stop it in an `afterAll`; `stop` removes every trace.
 *  @throws Error when Dovecot is missing and can't be installed, or does not start. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
	ensureSystemPackages(['dovecot-imapd', 'dovecot-pop3d', 'openssl']);
	const owner = systemUserIds();
	const root = mkdtempSync(join(tmpdir(), 'rc-dovecot-'));
	chmodSync(root, 0o755); // the mail user has to pass through
	for (const folder of ['log', 'ssl', 'mail']) mkdirSync(join(root, folder));
	chownSync(join(root, 'mail'), owner.uid, owner.gid);
	writeFileSync(join(root, 'users'), userLines(root, owner, options.users ?? usersOfEachLayout));
	makeCertificate(join(root, 'ssl'));

	const [imapPort, imapsPort, pop3Port, pop3sPort] = await freePorts(4);
	const ports: Ports = {
		imapPort: imapPort!,
		imapsPort: imapsPort!,
		pop3Port: pop3Port!,
		pop3sPort: pop3sPort!,
	};
	if (options.introspectionUrl)
		writeFileSync(join(root, 'oauth2.conf'), oauthConfiguration(options.introspectionUrl));
	writeFileSync(join(root, 'dovecot.conf'), configuration(root, ports, options));
	const server = spawn('dovecot', ['-c', join(root, 'dovecot.conf'), '-F'], { stdio: 'ignore' });
	await waitForPort(ports.imapPort, server, () => readLog(root));

	const taken: Record<FolderLayout, number> = {
		slash: 0,
		'inbox-prefix': 0,
		'own-prefix': 0,
	};
	return {
		...ports,
		addUser: (layout = 'slash') => aUser(root, `${layout}${++taken[layout]}`, owner, ports),
		log: () => readLog(root),
		stop: async () => {
			await stopServer(server);
			rmSync(root, { recursive: true, force: true });
		},
	};
}

function oauthConfiguration(introspectionUrl: string): string {
	return `introspection_mode = post
introspection_url = ${introspectionUrl}
username_attribute = username
username_format = %n
active_attribute = active
active_value = true
`;
}

function configuration(
	root: string,
	{ imapPort, imapsPort, pop3Port, pop3sPort }: Ports,
	options: DovecotOptions,
): string {
	const { capabilities, introspectionUrl, tokenMechanisms, uidlFormat, users } = options;
	const mechanisms = tokenMechanisms ?? 'xoauth2 oauthbearer';
	const certificates = Object.entries(options.certificates ?? {});
	return `
base_dir = ${root}/run
state_dir = ${root}/state
instance_name = ${root.split('-').pop()}
protocols = imap pop3
listen = ${['127.0.0.1', ...certificates.map(([ip]) => ip)].join(', ')}
log_path = ${root}/log/dovecot.log
ssl = yes
ssl_cert = <${root}/ssl/cert.pem
ssl_key = <${root}/ssl/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login${introspectionUrl ? ` ${mechanisms}` : ''}
mail_location = maildir:~/Maildir
mail_uid = ${systemUser}
mail_gid = ${systemUser}
first_valid_uid = 100
mail_max_userip_connections = ${options.connectionsAUser ?? 50}
auth_failure_delay = 0
${uidlFormat ? `pop3_uidl_format = ${uidlFormat}` : ''}
${capabilities ? `imap_capability = ${capabilities}` : ''}
namespace inbox {
  inbox = yes
  separator = /
}
passdb {
  driver = passwd-file
  args = username_format=%n ${root}/users
}
${
	introspectionUrl
		? `passdb {
  driver = oauth2
  mechanisms = ${mechanisms}
  args = ${root}/oauth2.conf
}`
		: ''
}
userdb {
  driver = passwd-file
  args = username_format=%n ${root}/users
}
${users ? manyConnections(users) : ''}
${options.hasAcl ? accessControl : ''}
${options.quotaBytes === undefined ? '' : quotaOf(options.quotaBytes)}
${certificates.map(([ip, files]) => certificateOf(ip, files)).join('')}
service imap-login {
  inet_listener imap {
    port = ${imapPort}
  }
  inet_listener imaps {
    port = ${imapsPort}
    ssl = yes
  }
  chroot =
}
service pop3-login {
  inet_listener pop3 {
    port = ${pop3Port}
  }
  inet_listener pop3s {
    port = ${pop3sPort}
    ssl = yes
  }
  chroot =
}
service anvil {
  chroot =
  # No waiting after wrong passwords, which would slow down every later test.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
`;
}

const accessControl = `
mail_plugins = acl
protocol imap {
  mail_plugins = acl imap_acl
}
plugin {
  acl = vfile
}
`;

function quotaOf(bytes: number): string {
	return `
mail_plugins = quota
plugin {
  quota = maildir:User quota
  quota_rule = *:storage=${bytes}B
}
`;
}

function certificateOf(ip: string, { cert, key }: { cert: string; key: string }): string {
	return `
local ${ip} {
  ssl_cert = <${cert}
  ssl_key = <${key}
}
`;
}

/** Logins share a process then, instead of one each, which also takes the server far less time. */
function manyConnections(users: number): string {
	return `
service imap-login {
  service_count = 0
  process_min_avail = 1
  process_limit = 2
  client_limit = ${users + 1_000}
}
service imap {
  process_limit = ${users + 100}
}
service auth {
  client_limit = ${users + 2_000}
}
service anvil {
  client_limit = ${users + 2_000}
}
`;
}

const usersOfEachLayout = 200;

/** All users there can be: Dovecot may not see a line added to this file in the second in which it read it. */
function userLines(root: string, { uid, gid }: SystemUserIds, count: number): string {
	const extras: Record<FolderLayout, string> = {
		slash: '',
		'inbox-prefix': 'userdb_namespace/inbox/prefix=INBOX. userdb_namespace/inbox/separator=.',
		'own-prefix': 'userdb_namespace/inbox/prefix=Mail/',
	};
	return Object.entries(extras)
		.flatMap(([layout, extra]) =>
			Array.from({ length: count }, (_, at) => {
				const name = `${layout}${at + 1}`;
				const home = join(root, 'mail', name);
				return `${name}:{PLAIN}${passwordOf(name)}:${uid}:${gid}::${home}::${extra}\n`;
			}),
		)
		.join('');
}

function passwordOf(name: string): string {
	return `secret of ${name}`;
}

function aUser(root: string, name: string, owner: SystemUserIds, ports: Ports): DovecotUser {
	const password = passwordOf(name);
	const home = join(root, 'mail', name);
	const maildir = join(home, 'Maildir');
	makeMaildir(home, maildir, owner);
	return {
		name,
		password,
		inbox: maildirOnDisk(maildir),
		folder: (folder) => maildirOnDisk(join(maildir, `.${folder}`)),
		makeFolder(folder) {
			makeMaildir(home, join(maildir, `.${folder}`), owner);
			return maildirOnDisk(join(maildir, `.${folder}`));
		},
		makeReadOnly(folder) {
			for (const part of ['', 'new', 'cur', 'tmp']) {
				const path = join(maildir, `.${folder}`, part);
				chownSync(path, 0, 0);
				chmodSync(path, 0o755);
			}
		},
		address: (over = {}) => {
			const security = over.security ?? 'none';
			const isPop3 = over.protocol === 'pop3';
			const plainPort = isPop3 ? ports.pop3Port : ports.imapPort;
			const tlsPort = isPop3 ? ports.pop3sPort : ports.imapsPort;
			return {
				protocol: 'imap',
				server: '127.0.0.1',
				port: security === 'tls' ? tlsPort : plainPort,
				security,
				verifyCertificate: false,
				userName: name,
				password,
				source: 'INBOX',
				filingFolder: 'CiviMail',
				...over,
			};
		},
	};
}

function makeMaildir(home: string, maildir: string, { uid, gid }: SystemUserIds): void {
	for (const folder of [home, join(home, 'Maildir'), maildir]) {
		mkdirSync(folder, { recursive: true });
		chownSync(folder, uid, gid);
	}
	for (const part of ['new', 'cur', 'tmp']) {
		mkdirSync(join(maildir, part), { recursive: true });
		chownSync(join(maildir, part), uid, gid);
	}
}

interface SystemUserIds {
	uid: number;
	gid: number;
}

/** Dovecot refuses to read mail as root, so the mailboxes belong to a system user of their own. */
function systemUserIds(): SystemUserIds {
	const number = (flag: string) =>
		Number(execFileSync('id', [flag, systemUser], { stdio: ['ignore', 'pipe', 'ignore'] }));
	try {
		return { uid: number('-u'), gid: number('-g') };
	} catch {
		execFileSync('useradd', ['--system', '--user-group', '--no-create-home', systemUser]);
		return { uid: number('-u'), gid: number('-g') };
	}
}

function makeCertificate(folder: string): void {
	const words = 'req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=mail.example.org'.split(' ');
	const names = ['-addext', 'subjectAltName=DNS:mail.example.org'];
	const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
	execFileSync('openssl', [...words, ...names, ...files], { stdio: 'ignore' });
}

/** Ports that nobody listens on now. */
export async function freePorts(count: number): Promise<number[]> {
	const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
	await Promise.all(servers.map((server) => once(server, 'listening')));
	const ports = servers.map((server) => (server.address() as AddressInfo).port);
	await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
	return ports;
}

/** Waits until a server that was just started listens on a loopback port.
 *  @throws Error with the server's log when it ended instead, or did not listen within 15 seconds. */
export async function waitForPort(
	port: number,
	server: ChildProcess,
	log: () => string,
): Promise<void> {
	for (let tries = 0; tries < 300; tries++) {
		if (server.exitCode !== null) throw new Error(`The server ended at once.\n${log()}`);
		if (await listens(port)) return;
		await new Promise((done) => setTimeout(done, 50));
	}
	throw new Error(`Nothing listens on port ${port}.\n${log()}`);
}

async function listens(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

async function stopServer(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null || server.signalCode !== null) return;
	const ended = once(server, 'exit');
	server.kill('SIGTERM');
	await ended;
}

function readLog(root: string): string {
	try {
		return readFileSync(join(root, 'log', 'dovecot.log'), 'utf8');
	} catch {
		return '';
	}
}
