import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { routes } from '../contract/routes.ts';
import type { Route } from '../contract/routes.ts';

/** The file WordPress reads; it is committed, because a released plugin is PHP and this. */
export const routesFile = new URL('../../plugin/routes.json', import.meta.url);

/** How WordPress's REST API writes the parameters of a path: named groups of a regular expression. */
const patterns: Readonly<Record<string, string>> = { id: '\\d+', name: '[a-z_]+' };

/** The contract's routes in WordPress's words, as the text of `plugin/routes.json`: a list sorted by name. `system`
 *  routes are the plugin's own business and absent.
 *  @throws Error for a path parameter that has no pattern here. */
export function routesForWordPress(table: Readonly<Record<string, Route>> = routes): string {
	const rows = Object.entries(table)
		.filter(([, { capability }]) => capability !== 'system')
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, { method, path, capability, answersFile }]) => ({
			name,
			method,
			path: path.replace(/:(\w+)/g, (_, parameter: string) => group(parameter, path)),
			capability,
			...(answersFile ? { answersFile } : {}),
		}));
	return `${JSON.stringify(rows, null, '\t')}\n`;
}

function group(parameter: string, path: string): string {
	const pattern = patterns[parameter];
	if (!pattern)
		throw new Error(`${path}: WordPress is not told yet what “${parameter}” looks like.`);
	return `(?P<${parameter}>${pattern})`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	writeFileSync(routesFile, routesForWordPress());
}
