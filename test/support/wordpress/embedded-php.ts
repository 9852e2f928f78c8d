import { createNodeFsMountHandler, loadNodeRuntime } from '@php-wasm/node';
import {
	FileLockManagerInMemory,
	PHP,
	PHPRequestHandler,
	setPhpIniEntries,
} from '@php-wasm/universal';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isForbidden } from './php-runtime.ts';
import type { PhpRuntime } from './php-runtime.ts';
import { pluginFolder } from './site-folder.ts';

const folder = '/site';
const documentRoot = `${folder}/wordpress`;

/** With one instance, a WordPress that waits for the service can't answer the service, or itself. */
const instances = 2;
/** An instance slows down to a crawl at about its 500th request; a fresh runtime costs little. */
const requestsPerRuntime = 250;

/** PHP as WebAssembly in this very process: nothing to install, everything on one thread. */
export async function embeddedPhp({ dir }: { dir: string }): Promise<PhpRuntime> {
	const locks = new FileLockManagerInMemory();
	let processId = 1;
	const newRuntime = () =>
		loadNodeRuntime('8.3', {
			fileLockManager: locks,
			followSymlinks: true,
			emscriptenOptions: { processId: processId++ },
		});

	async function newPhp(): Promise<PHP> {
		const php = new PHP(await newRuntime());
		await setPhpIniEntries(php, {
			memory_limit: '256M',
			max_execution_time: '60',
			'opcache.enable': '1',
			'opcache.enable_cli': '1',
			allow_url_fopen: '1',
			display_errors: '0',
			log_errors: '1',
			error_log: `${folder}/logs/php.log`,
		});
		await mount(php, folder, dir);
		await mount(php, `${documentRoot}/wp-content/plugins/return-channel`, pluginFolder);
		await php.setSapiName('cli-server');
		php.enableRuntimeRotation({ maxRequests: requestsPerRuntime, recreateRuntime: newRuntime });
		return php;
	}

	const stops: (() => Promise<void>)[] = [];
	return {
		folder,
		run: oneAfterTheOther(newPhp),
		serve: async (url) => {
			const handler = new PHPRequestHandler({
				documentRoot,
				absoluteUrl: url,
				cookieStore: false,
				maxPhpInstances: instances,
				phpFactory: newPhp,
				rewriteRules: [
					// WordPress's own rules for a network in subdirectories.
					{
						match: /^\/[_0-9a-zA-Z-]+(\/wp-(?:content|admin|includes)(?:\/.*)?)$/,
						replacement: '$1',
					},
					{
						match: /^\/(?!wp-(?:content|admin|includes)\/)[_0-9a-zA-Z-]+(\/[^/]+\.php)$/,
						replacement: '$1',
					},
				],
				getFileNotFoundAction: () => ({ type: 'internal-redirect', uri: '/index.php' }),
			});
			stops.push(await listen(url, (request, response) => answer(handler, request, response)));
		},
		stop: async () => {
			for (const stop of stops.splice(0)) await stop();
		},
	};
}

/** Scripts share an instance, which spares a second each; what one leaves behind ends with its run. */
function oneAfterTheOther(newPhp: () => Promise<PHP>): PhpRuntime['run'] {
	let php: Promise<PHP> | undefined;
	let before: Promise<unknown> = Promise.resolve();
	const run = async (code: string, environment: Record<string, string>) => {
		const instance = await (php ??= newPhp());
		try {
			const { text, errors, exitCode } = await instance.run({ code, env: environment });
			if (exitCode !== 0) throw new Error(`PHP ended with ${exitCode}:\n${errors || text}`);
			return text;
		} catch (error) {
			php = undefined;
			instance.exit();
			throw error;
		}
	};
	return (code, environment = {}) => {
		const mine = before.then(() => run(code, environment));
		before = mine.catch(() => undefined);
		return mine;
	};
}

async function mount(php: PHP, at: string, from: string): Promise<void> {
	php.mkdir(at);
	await php.mount(at, createNodeFsMountHandler(from));
}

async function answer(
	handler: PHPRequestHandler,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const url = request.url ?? '/';
	if (isForbidden(new URL(url, 'http://localhost').pathname)) {
		response.writeHead(403).end('Forbidden');
		return;
	}
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const answered = await handler.request({
		url,
		method: request.method as 'GET',
		headers: Object.fromEntries(
			Object.entries(request.headers).map(([name, value]) => [
				name,
				[value ?? []].flat().join(', '),
			]),
		),
		...(chunks.length > 0 && { body: new Uint8Array(Buffer.concat(chunks)) }),
	});
	response.writeHead(answered.httpStatusCode, answered.headers).end(answered.bytes);
}

async function listen(
	url: string,
	work: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<() => Promise<void>> {
	const server = createServer((request, response) => {
		work(request, response).catch((error: unknown) => {
			console.error('The embedded WordPress could not answer', request.url, error);
			if (!response.headersSent) response.writeHead(500);
			response.end('PHP had an error of its own.');
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(Number(new URL(url).port), '127.0.0.1', resolve);
	});
	return () =>
		new Promise((resolve) => {
			server.close(() => resolve());
			server.closeAllConnections();
		});
}
