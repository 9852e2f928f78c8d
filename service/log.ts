import { pino } from 'pino';
import type { Logger } from 'pino';

export type Log = Logger;

/** Field names whose values never reach a log, wherever they stand. */
const secrets = ['password', 'secret', 'accessToken', 'refreshToken', 'authorization', 'signature'];

/** Structured lines on standard output; `level` as pino has them, "silent" for tests. */
export function openLog(level: string): Log {
	return pino({
		level,
		redact: {
			paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
			censor: '(secret)',
		},
	});
}
