/** `npm test`: everything. Types, lint and format first, then the fast tests, then those with real mail servers, then
 *  those with a real WordPress and a browser. Ends with one line that counts the tests. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureSystemPackages } from './support/system-packages.ts';

/** What the tests need of Debian; see test/support/system-packages.ts. */
const packages = [
	'dovecot-imapd',
	'dovecot-pop3d',
	'openssl',
	'chromium',
	'fonts-liberation',
	'php-cli',
	'php-sqlite3',
	'php-xml',
	'php-mbstring',
	'php-curl',
] as const;

const steps: [name: string, ...command: string[]][] = [
	['types', 'tsc'],
	['lint', 'eslint', '-c', '.eslint.config.mjs', '.'],
	['format', 'prettier', '--check', '--log-level', 'warn', '.'],
];
const results = '.cache/test-results.json';

await ensureSystemPackages(packages);
const failedSteps = steps
	.filter(([name, program, ...args]) => !succeeds(name, program!, args))
	.map(([name]) => name);

mkdirSync('.cache', { recursive: true });
rmSync(results, { force: true });
succeeds('tests', 'vitest', [
	'run',
	'--config',
	'test/vitest.config.ts',
	'--reporter',
	'default',
	'--reporter',
	'json',
	'--outputFile.json',
	results,
]);
const { numPassedTests, numFailedTests, numPendingTests, success } = JSON.parse(
	readFileSync(results, 'utf8'),
) as {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	success: boolean;
};
const failed = numFailedTests + failedSteps.length + (success || numFailedTests > 0 ? 0 : 1);
if (failedSteps.length > 0) console.log(`Failed: ${failedSteps.join(', ')}.`);
if (numPendingTests > 0)
	console.log(`${numPendingTests} tests did not run; nothing may be skipped.`);
console.log(
	`${numPassedTests + steps.length - failedSteps.length} passed, ${failed + numPendingTests} failed`,
);
process.exitCode = failed + numPendingTests === 0 ? 0 : 1;

function succeeds(name: string, program: string, args: string[]): boolean {
	console.log(`— ${name}`);
	return spawnSync(`node_modules/.bin/${program}`, args, { stdio: 'inherit' }).status === 0;
}
