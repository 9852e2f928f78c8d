import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express from 'express';
import type { NextFunction, Request as HttpRequest, Response } from 'express';
import { z } from 'zod';
import { requests } from '../contract/messages.ts';
import type { AnsweredFile } from '../contract/file.ts';
import type { ErrorAnswer, Page } from '../contract/page.ts';
import { routes } from '../contract/routes.ts';
import type { Route, RouteName } from '../contract/routes.ts';
import { ServiceError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Site } from '../site.ts';
import { authenticate } from './authenticate.ts';
import type { NonceBook } from '../settings/nonce-book.ts';
import { handlers } from './handlers/handlers.ts';
import type { Handler } from './handlers/handler.ts';

/** What the HTTP side needs from the rest of the service. */
export interface HttpOptions {
	secret: string;
	nonces: NonceBook;
	/** The site a signed request speaks for; made known when it was not. */
	siteOf: (siteId: string) => Promise<Site>;
	introduce: (site: { id: string; name: string; url: string; adminEmail: string }) => Promise<Site>;
	/** Is told of work that goes on after the answer, so that a stop can wait for it. */
	watch: (work: Promise<unknown>) => void;
	log: Log;
	now: () => Date;
}

const largestBody = '4mb';

/** The service's HTTP interface: `GET /health` for anybody, all routes of the contract below /v1 for signed requests. */
export function httpApp(options: HttpOptions): express.Express {
	const app = express();
	app.disable('x-powered-by');
	app.set('query parser', 'simple');
	app.get('/health', (_request, response) => {
		response.json({ status: 'ok' });
	});

	const signed = express.Router();
	signed.use(express.raw({ type: () => true, limit: largestBody }));
	for (const name of Object.keys(routes) as RouteName[]) register(signed, name, options);
	app.use('/v1', signed);

	app.use((_request, _response, next) =>
		next(new ServiceError('not-found', 'There is no such route.')),
	);
	app.use((error: unknown, _request: HttpRequest, response: Response, _next: NextFunction) => {
		answerError(error, response, options.log);
	});
	return app;
}

function register(router: express.Router, name: RouteName, options: HttpOptions) {
	const route: Route = routes[name];
	const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
	// The table of handlers is complete and typed by name; here, in the loop over names, only the union is known.
	const handler = handlers[name] as Handler<RouteName>;

	router[method](route.path, async (request: HttpRequest, response: Response) => {
		const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
		const caller = await authenticate(toSigned(request, body), { ...options, now: options.now() });
		if (!caller.capabilities.has(route.capability)) {
			throw new ServiceError('not-allowed', 'Your WordPress role does not allow this.');
		}
		const site = await options.siteOf(caller.siteId);
		const input = check(name, { ...request.query, ...parseJson(body), ...request.params });
		const result: unknown = await handler({ ...options, site, caller }, input as never);
		if (route.answersFile) await answerFile(result as AnsweredFile, response);
		else answer(name, result, response);
	});
}

function toSigned(request: HttpRequest, body: Buffer) {
	const [path = '', ...query] = request.originalUrl.split('?');
	const headers = Object.fromEntries(
		Object.entries(request.headers).map(([key, value]) => [
			key,
			Array.isArray(value) ? value.join(', ') : value,
		]),
	);
	return { method: request.method, path, query: `?${query.join('?')}`, headers, body };
}

function parseJson(body: Buffer): Record<string, unknown> {
	if (body.length === 0) return {};
	try {
		return z.record(z.string(), z.unknown()).parse(JSON.parse(body.toString('utf8')));
	} catch (cause) {
		throw new ServiceError('invalid-request', 'The request is not a JSON object.', { cause });
	}
}

function check(name: RouteName, input: Record<string, unknown>): unknown {
	const checked = requests[name].safeParse(input);
	if (checked.success) return checked.data;

	const fields: Record<string, string> = {};
	for (const { path, message } of checked.error.issues)
		fields[path.join('.') || 'request'] ??= message;
	throw new ServiceError('invalid-request', sentenceAbout(fields), { fields });
}

/** Our own messages are sentences and speak for themselves; those of zod need the name of the field. */
function sentenceAbout(fields: Record<string, string>): string {
	return Object.entries(fields)
		.map(([field, message]) => (message.endsWith('.') ? message : `${field}: ${message}.`))
		.join(' ');
}

function answer(name: RouteName, result: unknown, response: Response) {
	response.status(name === 'runJob' ? 202 : 200);
	if (!isPage(result)) {
		response.json(result);
		return;
	}
	const perPage = Number(response.req.query['per_page']) || 20;
	response.set('X-WP-Total', String(result.total));
	response.set('X-WP-TotalPages', String(Math.ceil(result.total / perPage)));
	response.json(result.rows);
}

/** A file to keep, never to be shown or run by a browser (RFC 6266 for its name). */
async function answerFile(file: AnsweredFile, response: Response) {
	response.attachment(file.fileName);
	response.set({
		'Content-Type': file.contentType,
		'X-Content-Type-Options': 'nosniff',
		'Content-Security-Policy': "default-src 'none'; sandbox",
		'Cache-Control': 'private, no-store',
		...(file.sizeBytes === undefined ? {} : { 'Content-Length': String(file.sizeBytes) }),
	});
	await pipeline(Readable.from(file.content), response);
}

function isPage(result: unknown): result is Page<unknown> {
	return typeof result === 'object' && result !== null && 'rows' in result && 'total' in result;
}

function answerError(error: unknown, response: Response, log: Log) {
	const known = toServiceError(error);
	if (!known) log.error({ err: error, path: response.req.path }, 'A request failed.');
	const answered: ErrorAnswer = known
		? {
				code: `return_channel_${known.problem.replaceAll('-', '_')}`,
				message: known.message,
				data: { status: known.status, ...(known.fields ? { params: known.fields } : {}) },
			}
		: {
				code: 'return_channel_internal_error',
				message:
					'The service had an error of its own, and its log says which. Nothing was changed; you can try again.',
				data: { status: 500 },
			};
	// A file that broke off half-way is cut, so that nobody takes it for whole.
	if (response.headersSent) response.destroy();
	else response.status(answered.data.status).json(answered);
}

function toServiceError(error: unknown): ServiceError | undefined {
	if (error instanceof ServiceError) return error;
	const type =
		typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
	if (type === 'entity.too.large')
		return new ServiceError('too-large', `A request may have ${largestBody} at most.`);
	return undefined;
}
