import { basename, join } from 'node:path';
import { build } from 'esbuild';

const folder = join(import.meta.dirname, '../../.build');

/** Bundles a program of the tests as `npm start` bundles the service, so that it starts at once and its memory is its own.
 *  @param entry path of its first file. @returns path of the bundle, which runs on plain Node. */
export async function bundled(entry: string): Promise<string> {
	const outfile = join(folder, basename(entry).replace(/\.ts$/, '.js'));
	await build({
		entryPoints: [entry],
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'esm',
		outfile,
	});
	return outfile;
}
