import { readFileSync } from 'node:fs';
import { z } from 'zod';

const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');

/** What the operator of the service decides; everything else is a site's setting. */
const settings = z.object({
	RETURN_CHANNEL_SECRET: z
		.string({ error: 'is missing: the secret that WordPress has, too' })
		.min(32, 'is shorter than 32 characters'),
	RETURN_CHANNEL_DATABASE: z.string().min(1).default('return-channel.sqlite'),
	RETURN_CHANNEL_HOST: z.string().min(1).default('127.0.0.1'),
	RETURN_CHANNEL_PORT: z.coerce.number().int().min(0).max(65535).default(8787),
	/** Off when another process of the same database runs the due jobs, or only WordPress's cron shall. */
	RETURN_CHANNEL_CLOCK: onOff.default(true),
	/** Folders, separated by colons, below which sites may read mailboxes on this machine; "{site}" stands for the site's
	 *  number. */
	RETURN_CHANNEL_MAIL_FOLDERS: z
		.string()
		.default('')
		.transform((value) => value.split(':').filter(Boolean)),
	/** On when OAuth2 providers may live on private networks and speak plain HTTP: an operator's own. */
	RETURN_CHANNEL_TRUST_LOCAL: onOff.default(false),
	RETURN_CHANNEL_LOG_LEVEL: z
		.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
		.default('info'),
});

export interface Config {
	/** Of the network: site keys and stored passwords derive from it. */
	secret: string;
	databasePath: string;
	host: string;
	port: number;
	hasClock: boolean;
	mailFolders: string[];
	/** Whether OAuth2 providers may live on private networks. */
	trustsLocal?: boolean;
	logLevel: string;
}

/** Reads the environment, over the JSON file that RETURN_CHANNEL_CONFIG names if there is one.
 *  @throws Error that names each wrong setting in a line of its own. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
	const file = environment['RETURN_CHANNEL_CONFIG'];
	const fromFile: unknown = file ? JSON.parse(readFileSync(file, 'utf8')) : {};
	const checked = settings.safeParse({
		...z.record(z.string(), z.unknown()).parse(fromFile),
		...environment,
	});
	if (!checked.success) {
		const lines = checked.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`);
		throw new Error(['The service cannot start:', ...lines].join('\n  '));
	}
	const value = checked.data;
	return {
		secret: value.RETURN_CHANNEL_SECRET,
		databasePath: value.RETURN_CHANNEL_DATABASE,
		host: value.RETURN_CHANNEL_HOST,
		port: value.RETURN_CHANNEL_PORT,
		hasClock: value.RETURN_CHANNEL_CLOCK,
		mailFolders: value.RETURN_CHANNEL_MAIL_FOLDERS,
		trustsLocal: value.RETURN_CHANNEL_TRUST_LOCAL,
		logLevel: value.RETURN_CHANNEL_LOG_LEVEL,
	};
}
