import { createNodeFsMountHandler, loadNodeRuntime } from '@php-wasm/node';
import { PHP } from '@php-wasm/universal';
import { readdirSync } from 'node:fs';
import { pluginFolder } from '../support/wordpress/site-folder.ts';

/** Where PHP sees the plugin. */
export const pluginInPhp = '/plugin';

/** A PHP 8.3 without WordPress, with the plugin at `pluginInPhp`. */
export async function barePhp(): Promise<{
	/** Runs code that follows `<?php`. @returns what it printed. @throws Error when it fails. */
	run(code: string): Promise<string>;
	stop(): void;
}> {
	const php = new PHP(await loadNodeRuntime('8.3', { emscriptenOptions: { processId: 1 } }));
	php.mkdir(pluginInPhp);
	await php.mount(pluginInPhp, createNodeFsMountHandler(pluginFolder));
	return {
		run: async (code) => (await php.run({ code: `<?php\n${code}` })).text,
		stop: () => php.exit(),
	};
}

/** The plugin's PHP files, relative to its folder; what is generated is not ours to check. */
export function pluginFiles(): string[] {
	return readdirSync(pluginFolder, { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.php') && !path.startsWith('build'))
		.sort();
}
