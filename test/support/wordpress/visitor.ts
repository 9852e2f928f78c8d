/** Somebody with a cookie jar and no browser, for the tests that are about what WordPress answers. */
export interface Visitor {
	/** Asks for a page below the site; redirects are not followed. */
	get(path: string): Promise<Response>;
	/** Sends a form. */
	post(path: string, form: Record<string, string>): Promise<Response>;
	/** Calls a route of the plugin ("/bounces?page=2") as the admin pages do, with this visitor's nonce. */
	rest(method: string, path: string, body?: unknown): Promise<RestAnswer>;
}

export interface RestAnswer {
	status: number;
	headers: Headers;
	// The tests look at whatever came.
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	json: any;
}

/** Visits a site, logged in when a login is given. @throws Error when WordPress refuses the login. */
export async function visit(
	siteUrl: string,
	login?: string,
	password = 'password',
): Promise<Visitor> {
	const jar = new Map<string, string>();
	let nonce: string | undefined;

	async function send(path: string, options: RequestInit = {}): Promise<Response> {
		const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
		const headers = { ...(options.headers as Record<string, string>), ...(cookie && { cookie }) };
		const response = await fetch(siteUrl + path, { redirect: 'manual', ...options, headers });
		for (const line of response.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			jar.set(name, value);
		}
		return response;
	}

	const visitor: Visitor = {
		get: (path) => send(path),
		post: (path, form) => send(path, { method: 'POST', body: new URLSearchParams(form) }),
		rest: async (method, path, body) => {
			if (login) nonce ??= await textOf(send('/wp-admin/admin-ajax.php?action=rest-nonce'));
			const response = await send(`/wp-json/return-channel/v1${path}`, {
				method,
				headers: {
					...(nonce && { 'x-wp-nonce': nonce }),
					...(body !== undefined && { 'content-type': 'application/json' }),
				},
				...(body !== undefined && { body: JSON.stringify(body) }),
			});
			return { status: response.status, headers: response.headers, json: await response.json() };
		},
	};
	if (login) {
		jar.set('wordpress_test_cookie', 'WP%20Cookie%20check');
		const response = await visitor.post('/wp-login.php', { log: login, pwd: password });
		if (response.status !== 302) throw new Error(`WordPress does not let ${login} in.`);
	}
	return visitor;
}

async function textOf(response: Promise<Response>): Promise<string> {
	return (await response).text();
}
