import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface Recorded {
	method: string;
	path: string;
	/** Without its question mark. */
	query: string;
	headers: Record<string, string>;
	body: string;
}

export interface Answer {
	status?: number;
	headers?: Record<string, string>;
	/** Sent as JSON, unless it is a string or bytes. */
	body?: unknown;
	/** The connection breaks in the middle of the body, whose length nobody was told. */
	isCut?: true;
}

export interface RecordingService {
	url: string;
	/** Oldest first. */
	requests: Recorded[];
	/** Forgets what came, and answers from now on as told: by path below /v1, else with {}. */
	answerWith(answers: Record<string, Answer>): void;
	/** Requests to a path below /v1. */
	to(path: string): Recorded[];
	/** Stops answering at all, until `comeBack`. */
	goAway(): Promise<void>;
	comeBack(): Promise<void>;
}

/** Stands where the service stands and writes down what the plugin sends, byte for byte. */
export async function recordingService(): Promise<RecordingService> {
	const requests: Recorded[] = [];
	let answers: Record<string, Answer> = {};
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const [path = '', ...query] = (request.url ?? '').split('?');
			const { method = '' } = request;
			const headers = request.headers as Record<string, string>;
			const body = Buffer.concat(chunks).toString('utf8');
			requests.push({ method, path, query: query.join('?'), headers, body });
			const answer =
				path === '/health' ? { body: { status: 'ok' } } : answers[path.replace(/^\/v1/, '')];
			response.writeHead(answer?.status ?? 200, {
				'content-type': 'application/json',
				...answer?.headers,
			});
			const said = answer?.body ?? {};
			const bytes = Buffer.isBuffer(said)
				? said
				: Buffer.from(typeof said === 'string' ? said : JSON.stringify(said));
			if (answer?.isCut)
				response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
			else response.end(bytes);
		});
	});
	const listen = (port: number) =>
		new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	await listen(0);
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		answerWith: (wanted) => {
			requests.length = 0;
			answers = wanted;
		},
		to: (path) => requests.filter((request) => request.path === `/v1${path}`),
		goAway: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
		comeBack: () => listen(port),
	};
}
