/** A PHP that can run scripts and serve a WordPress folder: the embedded one, or the system's. */
export interface PhpRuntime {
	/** The folder's path as PHP sees it. */
	readonly folder: string;
	/** Runs PHP code (with its `<?php`) in a process or instance of its own.
	 *  @throws Error with what PHP said when it ends in an error. */
	run(code: string, environment?: Record<string, string>): Promise<string>;
	/** Serves the folder's WordPress on 127.0.0.1. */
	serve(url: string): Promise<void>;
	stop(): Promise<void>;
}

/** The PHP that starts WordPress outside of a web request, for `code` to follow. */
export function inWordPress(folder: string, siteUrl: string, code: string): string {
	const { host, hostname, pathname } = new URL(siteUrl);
	return `<?php
$_SERVER['HTTP_HOST'] = '${host}';
$_SERVER['SERVER_NAME'] = '${hostname}';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REMOTE_ADDR'] = '127.0.0.1';
$_SERVER['REQUEST_URI'] = '${pathname}';
require '${folder}/wordpress/wp-load.php';
${code}`;
}

/** Paths below a document root that hold secrets, because no server here reads .htaccess; and what is no path at all. */
export function isForbidden(encodedPath: string): boolean {
	try {
		return /(^|\/)\.|\.(sqlite|log)$/i.test(decodeURIComponent(encodedPath));
	} catch {
		return true;
	}
}
