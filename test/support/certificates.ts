import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureSystemPackages } from './system-packages.ts';

/** A certificate and its key, as PEM files. */
export interface Certificate {
	cert: string;
	key: string;
}

export interface Authority {
	/** Its own certificate (PEM), for those who trust it. */
	pem: string;
	/** Signs a certificate.
	 *  @param names as in a subjectAltName: "DNS:mail.example.org,IP:127.0.0.2"
	 *  @param valid the first and the last moment, "20200101000000Z"; today and the next days when left out */
	sign(names: string, valid?: { from: string; until: string }): Certificate;
}

/** Makes somebody who vouches for servers. @param folder an empty one for its files */
export function anAuthority(folder: string): Authority {
	ensureSystemPackages(['openssl']);
	const file = (name: string) => join(folder, name);
	const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'pipe' });
	const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
	writeFileSync(file('index.txt'), '');
	writeFileSync(file('ca.conf'), settings(folder));
	const ca = ['-keyout', file('ca.key'), '-out', file('ca.pem')];
	openssl('req', '-x509', ...newKey, '-days', '30', '-subj', '/CN=Test Authority', ...ca);
	let signed = 0;
	return {
		pem: readFileSync(file('ca.pem'), 'utf8'),
		sign(names, valid) {
			const n = ++signed;
			const [key, request, cert] = ['key', 'csr', 'pem'].map((end) => file(`${n}.${end}`));
			const subject = ['-subj', `/CN=server ${n}`, '-addext', `subjectAltName=${names}`];
			openssl('req', ...newKey, ...subject, '-keyout', key!, '-out', request!);
			const dates = valid ? ['-startdate', valid.from, '-enddate', valid.until] : ['-days', '30'];
			const words = ['ca', '-batch', '-config', file('ca.conf'), '-in', request!, '-out', cert!];
			openssl(...words, ...dates);
			return { cert: cert!, key: key! };
		},
	};
}

function settings(folder: string): string {
	return `[ca]
default_ca = this
[this]
database = ${folder}/index.txt
new_certs_dir = ${folder}
certificate = ${folder}/ca.pem
private_key = ${folder}/ca.key
default_md = sha256
policy = any
copy_extensions = copy
rand_serial = yes
[any]
commonName = supplied
`;
}
