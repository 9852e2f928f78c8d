import type { ErrorAnswer } from '../service/contract/page.ts';
import type { Route } from '../service/contract/routes.ts';

/** One request as WordPress's REST API takes it, below the plugin's namespace. */
export interface WireRequest {
	method: Route['method'];
	/** "/bounces/12/raw", "/bounces?page=2&type=Quota". */
	path: string;
	/** The JSON body; absent for GET and DELETE. */
	data?: Record<string, unknown>;
}

/** Turns a route and what is asked of it into a request: `:id` and `:name` are filled in from `asked`, the rest goes
 *  into the query (GET, DELETE; lists as "3,7", objects as JSON) or the JSON body. What is undefined, null or "" is left
 *  out of a query, because there it means "no such filter". Throws when a path parameter is missing. */
export function wireRequest(route: Route, asked: Record<string, unknown>): WireRequest {
	const rest = { ...asked };
	const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
		const value = rest[name];
		if (value === undefined || value === null) throw new Error(`${route.path} needs ${name}`);
		delete rest[name];
		return encodeURIComponent(String(value));
	});

	if (route.method !== 'GET' && route.method !== 'DELETE') {
		return { method: route.method, path, data: rest };
	}
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(rest)) {
		if (value === undefined || value === null || value === '') continue;
		const isObject = typeof value === 'object' && !Array.isArray(value);
		query.set(name, isObject ? JSON.stringify(value) : String(value));
	}
	return { method: route.method, path: query.size ? `${path}?${query}` : path };
}

/** Where a browser finds a route by itself: below the REST API's root ("…/wp-json/", or "…/index.php?rest_route=/" where
 *  WordPress has plain links), with WordPress's nonce, which a link can't send as a header. */
export function fileAddress(restUrl: string, path: string, nonce: string): string {
	const [route = '', query = ''] = path.split('?');
	const url = new URL(restUrl);
	if (url.searchParams.has('rest_route')) {
		url.searchParams.set('rest_route', `/${route}`);
	} else {
		url.pathname += route;
	}
	for (const [name, value] of new URLSearchParams(query)) url.searchParams.set(name, value);
	url.searchParams.set('_wpnonce', nonce);
	return url.href;
}

/** A request that failed, in words a person can read. */
export class CallError extends Error {
	/** WordPress's or the service's stable name: "return_channel_service_unreachable", "rest_forbidden" … */
	readonly code: string;
	/** HTTP status; 0 when no answer came at all. */
	readonly status: number;
	/** For a form: field name → what is wrong with it. */
	readonly fields: Readonly<Record<string, string>>;

	constructor(code: string, message: string, status: number, fields: Record<string, string> = {}) {
		super(message);
		this.name = 'CallError';
		this.code = code;
		this.status = status;
		this.fields = fields;
	}
}

/** Reads WordPress's shape of an error (`{code, message, data: {status, params}}`). What is missing is filled in from the
 *  HTTP `status` and the sentence `otherwise`. */
export function callErrorFrom(answer: unknown, status: number, otherwise: string): CallError {
	const error = (isRecord(answer) ? answer : {}) as Partial<ErrorAnswer>;
	const { code, message, data } = error;
	return new CallError(
		typeof code === 'string' ? code : 'no_answer',
		typeof message === 'string' && message ? message : otherwise,
		status || (isRecord(data) && typeof data.status === 'number' ? data.status : 0),
		isRecord(data) && isRecord(data.params) ? data.params : {},
	);
}

function isRecord(value: unknown): value is Record<string, never> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
