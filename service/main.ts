import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import { openDatabase } from './db/open.ts';
import { httpApp } from './http/app.ts';
import { startClock } from './jobs/clock.ts';
import type { Log } from './log.ts';
import { nonceBook } from './settings/nonce-book.ts';
import { openSites } from './sites.ts';

export interface Service {
	/** "http://127.0.0.1:8787". */
	url: string;
	/** Takes no more requests, lets the runs end, closes the database. */
	stop(): Promise<void>;
}

/** Starts the service: config → database → sites → HTTP and clock.
 *  @throws when the database cannot be opened or the port is taken. */
export async function startService(config: Config, log: Log): Promise<Service> {
	const db = await openDatabase(config.databasePath);
	const sites = openSites(db, config, { log });
	const goingOn = new Set<Promise<unknown>>();
	const watch = (work: Promise<unknown>) => {
		const watched = work.finally(() => goingOn.delete(watched));
		goingOn.add(watched);
	};
	const app = httpApp({
		secret: config.secret,
		nonces: nonceBook(db),
		siteOf: async (id) =>
			(await sites.find(id)) ??
			sites.introduce({ id, name: `Site ${id}`, url: '', adminEmail: '' }),
		introduce: sites.introduce,
		watch,
		log,
		now: () => new Date(),
	});

	const server = createServer(app);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(config.port, config.host, resolve);
	});
	const { port } = server.address() as AddressInfo;
	const stopClock = config.hasClock ? startClock(sites, { watch, log }) : async () => undefined;
	const url = `http://${config.host}:${port}`;
	log.info({ url }, 'Return Channel is ready.');

	return {
		url,
		stop: async () => {
			await new Promise((resolve) => {
				server.close(resolve);
				server.closeIdleConnections();
			});
			await stopClock();
			await Promise.allSettled(goingOn);
			await db.destroy();
			log.info('Return Channel has stopped.');
		},
	};
}
