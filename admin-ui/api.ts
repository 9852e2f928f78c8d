import apiFetch from '@wordpress/api-fetch';
import { __ } from '@wordpress/i18n';
import { routes } from '../service/contract/routes.ts';
import type { RouteName } from '../service/contract/routes.ts';
import type { Answers, Request, RequestInput } from '../service/contract/messages.ts';
import { theScreen } from './screen.ts';
import { CallError, callErrorFrom, fileAddress, wireRequest } from './wire.ts';
import type { WireRequest } from './wire.ts';

/** What a caller writes: optional where the service has a default (its input), typed as what it becomes (its output). */
export type Asked<Name extends RouteName> = Typed<RequestInput<Name>, Request<Name>>;
type Typed<Input, Output> = Input extends unknown
	? { [Key in keyof Input]: ValueIn<Output, Key> }
	: never;
type ValueIn<Output, Key> = Output extends unknown
	? Key extends keyof Output
		? Output[Key]
		: never
	: never;

/** Calls a route of the service by name, through the plugin's REST proxy. Resolves with the answer that the contract
 *  promises; a list, which travels as a bare array with its total in X-WP-Total, arrives as `{rows, total}`.
 *  Throws a CallError; an abort through `signal` throws the browser's own AbortError. */
export async function call<Name extends RouteName>(
	name: Name,
	asked: Asked<Name>,
	signal?: AbortSignal,
): Promise<Answers[Name]> {
	const response = await send(wireRequest(routes[name], asked), signal);
	const answer: unknown = await response.json().catch(() => {
		throw new CallError('invalid_json', unreadable(), response.status);
	});
	const isList = Array.isArray(answer);
	return (isList ? { rows: answer, total: totalOf(response, answer) } : answer) as Answers[Name];
}

/** Routes that answer with a file. */
export type FileRoute = {
	[Name in RouteName]: (typeof routes)[Name] extends { answersFile: true } ? Name : never;
}[RouteName];

/** The address of a file, for a link: the browser fetches it by itself, as large as it is. It works for this person only and,
 *  because WordPress's nonce is in it, for a day at most: make it when the link is pressed. */
export function fileUrl<Name extends FileRoute>(name: Name, asked: Asked<Name>): string {
	const { restUrl, restNamespace } = theScreen();
	const { path } = wireRequest(routes[name], asked);
	return fileAddress(restUrl, restNamespace + path, apiFetch.nonceMiddleware?.nonce ?? '');
}

function totalOf(response: Response, rows: unknown[]): number {
	return Number(response.headers.get('X-WP-Total') ?? rows.length);
}

async function send(request: WireRequest, signal?: AbortSignal): Promise<Response> {
	try {
		return await fetchOnce(request, signal);
	} catch (thrown) {
		const error = await callErrorOf(thrown);
		if (error.code !== 'rest_cookie_invalid_nonce') throw error;
	}
	// The page stood open overnight. api-fetch renews the nonce by itself only for answers it parses.
	await renewNonce();
	return fetchOnce(request, signal).catch(async (thrown: unknown) => {
		throw await callErrorOf(thrown);
	});
}

function fetchOnce({ method, path, data }: WireRequest, signal?: AbortSignal): Promise<Response> {
	return apiFetch<Response, false>({
		path: `/${theScreen().restNamespace}${path}`,
		method,
		data,
		signal,
		parse: false,
	});
}

async function renewNonce(): Promise<void> {
	const { nonceEndpoint, nonceMiddleware } = apiFetch;
	if (!nonceEndpoint || !nonceMiddleware) return;
	const response = await fetch(nonceEndpoint, { credentials: 'include' });
	if (response.ok) nonceMiddleware.nonce = await response.text();
}

/** api-fetch throws the Response itself for an error status, and a plain object when there is no answer. */
async function callErrorOf(thrown: unknown): Promise<CallError> {
	if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown;
	if (thrown instanceof Response) {
		const answer: unknown = await thrown.json().catch(() => undefined);
		return callErrorFrom(answer, thrown.status, unreadable());
	}
	return callErrorFrom(thrown, 0, unreadable());
}

function unreadable(): string {
	return __(
		'WordPress gave an answer that could not be read. Its error log says more.',
		'return-channel',
	);
}
