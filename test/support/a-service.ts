import { join } from 'node:path';
import { openLog } from '../../service/log.ts';
import { startService } from '../../service/main.ts';
import type { Service } from '../../service/main.ts';
import { testSecret } from './a-mailing.ts';

/** Starts the real service with its database in a folder, without its clock, on a free port unless one is given; Maildirs
 *  in `mailFolders` may be read. */
export function startTestService(
	folder: string,
	port = 0,
	mailFolders: string[] = [],
): Promise<Service> {
	const config = {
		secret: testSecret,
		databasePath: join(folder, 'service.sqlite'),
		host: '127.0.0.1',
		port,
		hasClock: false,
		mailFolders,
		trustsLocal: true,
		logLevel: 'silent',
	};
	return startService(config, openLog('silent'));
}
