import { cpus } from 'node:os';
import { defineConfig } from 'vitest/config';

const common = {
	environment: 'node' as const,
	restoreMocks: true,
	setupFiles: ['test/support/one-seed.ts'],
};

/** Each of these files starts servers of its own, on ports and in folders of its own: two fit side by side on two cores,
 *  and more would only be slow enough to run into their own time limits. After the fast ones. */
const twoAtOnce = { maxWorkers: 2, sequence: { groupOrder: 1 } };

/** Three kinds of test, told apart by name: plain ones are fast and need nothing; `*.server.test.ts` start real
 *  mail servers; `end-to-end/` starts a real WordPress and a browser. */
export default defineConfig({
	root: new URL('..', import.meta.url).pathname,
	test: {
		projects: [
			{
				test: {
					...common,
					name: 'fast',
					include: ['test/**/*.test.ts'],
					exclude: ['test/**/*.server.test.ts', 'test/end-to-end/**'],
					// They share nothing that they change, so each file need not load everything anew.
					isolate: false,
					// Left alone, vitest keeps one of two cores free.
					maxWorkers: Math.max(2, cpus().length - 1),
				},
			},
			{
				test: {
					...common,
					name: 'servers',
					include: ['test/**/*.server.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 120_000,
					...twoAtOnce,
				},
			},
			{
				test: {
					...common,
					name: 'end-to-end',
					include: ['test/end-to-end/**/*.test.ts'],
					testTimeout: 120_000,
					hookTimeout: 300_000,
					...twoAtOnce,
				},
			},
		],
	},
});
