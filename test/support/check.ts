/** `npm run check`: types, lint, format and the fast tests, side by side, in well under a minute. */
import { spawn } from 'node:child_process';

const steps: Record<string, string[]> = {
	types: ['tsc'],
	lint: ['eslint', '-c', '.eslint.config.mjs', '.', '--cache', '--cache-location', '.cache/eslint'],
	format: [
		'prettier',
		'--check',
		'--log-level',
		'warn',
		'.',
		'--cache',
		'--cache-location',
		'.cache/prettier',
	],
	tests: [
		'vitest',
		'run',
		'--config',
		'test/vitest.config.ts',
		'--project',
		'fast',
		'--reporter',
		'dot',
	],
};

const started = performance.now();
const results = await Promise.all(
	Object.entries(steps).map(([name, command]) => run(name, command)),
);
for (const { name, code, seconds, output } of results) {
	if (code !== 0) console.log(output);
	console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
}
const failed = results.filter(({ code }) => code !== 0).length;
console.log(
	`${results.length - failed} of ${results.length} checks passed in ${((performance.now() - started) / 1000).toFixed(1)} s.`,
);
process.exitCode = failed === 0 ? 0 : 1;

async function run(name: string, [program = '', ...args]: string[]) {
	const begun = performance.now();
	const child = spawn(`node_modules/.bin/${program}`, args, {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (data: Buffer) => (output += data.toString()));
	const code = await new Promise<number>((resolve) =>
		child.on('close', (status) => resolve(status ?? 1)),
	);
	return { name, code, output, seconds: (performance.now() - begun) / 1000 };
}
