/** `tsx run-bundled.ts PROGRAM.ts [arguments…]`: runs a program bundled, on plain Node. */
import { spawnSync } from 'node:child_process';
import { bundled } from './bundled.ts';

const [entry = '', ...args] = process.argv.slice(2);
const { status } = spawnSync(process.execPath, [await bundled(entry), ...args], {
	stdio: 'inherit',
});
process.exitCode = status ?? 1;
