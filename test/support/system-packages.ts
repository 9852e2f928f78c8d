import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian names of what the tests with real servers start, and a file of each that proves it is there. */
const programs = {
	'dovecot-imapd': '/usr/lib/dovecot/imap',
	'dovecot-lmtpd': '/usr/lib/dovecot/lmtp',
	'dovecot-pop3d': '/usr/lib/dovecot/pop3',
	postfix: '/usr/sbin/postfix',
	openssl: '/usr/bin/openssl',
	chromium: '/usr/bin/chromium',
	'fonts-liberation': '/usr/share/fonts/truetype/liberation',
	'php-cli': '/usr/bin/php',
	'php-sqlite3': '/usr/share/php8.2-sqlite3',
	'php-xml': '/usr/share/php8.2-xml',
	'php-mbstring': '/usr/share/php8.2-mbstring',
	'php-curl': '/usr/share/php8.2-curl',
} as const;

export type SystemPackage = keyof typeof programs;

/** Makes sure that Debian packages are installed, and installs those that are missing when this user may.
 *  @throws Error that names the packages and the command to type, when they can't be installed from here. */
export function ensureSystemPackages(names: readonly SystemPackage[]): void {
	const missing = names.filter((name) => !existsSync(programs[name]));
	if (missing.length === 0) return;
	const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
		throw new Error(
			`These tests start real servers and need ${missing.join(', ')}. As root: ${command}`,
		);
	}
	try {
		install(missing);
	} catch (cause) {
		throw new Error(`Could not install ${missing.join(', ')}. Try as root: ${command}`, { cause });
	}
}

/** Tries with the package lists that are there; fetches new ones only when those are too old or empty. */
function install(names: readonly SystemPackage[]): void {
	try {
		apt('install', '-y', '--no-install-recommends', ...names);
	} catch {
		apt('update');
		apt('install', '-y', '--no-install-recommends', ...names);
	}
}

function apt(...words: string[]): void {
	// Another apt-get may be at work (a second test run, an unattended upgrade): wait for it.
	execFileSync('apt-get', ['-o', 'DPkg::Lock::Timeout=180', '-q', ...words], {
		stdio: 'pipe',
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
	});
}
