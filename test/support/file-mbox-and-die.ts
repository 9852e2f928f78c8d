/** A process that files all mails of an mbox and kills itself (SIGKILL) at its nth write, in the middle of it.
 *  Arguments: path of the mbox, n (0: lives on). It prints how many writes there were. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { usualLimits } from '../../service/mailboxes/mail-store.ts';
import { openMbox } from '../../service/mailboxes/mbox/mbox.ts';

const [path = '', deadly = '0'] = process.argv.slice(2);
let writes = 0;

await makeWritesDeadly();
const store = await openMbox(
	{
		protocol: 'mbox',
		server: '',
		port: 0,
		security: 'none',
		verifyCertificate: true,
		userName: '',
		password: '',
		source: path,
		filingFolder: 'CiviMail',
		leaving: {
			deletes: { processed: true, ignored: true },
			seen: {
				all: async () => new Map(),
				remember: async () => undefined,
				forget: async () => undefined,
			},
		},
	},
	{ ...usualLimits, windowSize: 10 },
);
for await (const all of store.windows()) {
	// Some mails stay, so that the file is written anew and not only cut.
	const window = all.filter(({ bytes }) => !/^Subject: \d*7\r?$/m.test(bytes.toString()));
	const isOdd = ({ bytes }: { bytes: Buffer }) =>
		/^Subject: \d*[13579]\r?$/m.test(bytes.toString());
	await store.file(
		window.filter((mail) => !isOdd(mail)),
		'processed',
	);
	await store.file(window.filter(isOdd), 'ignored');
}
await store.close();
process.stdout.write(String(writes));

/** Every way in which the store changes a file by its handle. */
async function makeWritesDeadly(): Promise<void> {
	const handle = await open(path, 'r');
	const prototype = Object.getPrototypeOf(handle) as FileHandle & Record<string, unknown>;
	await handle.close();
	const dieAt = async (halfOfIt: () => Promise<unknown>) => {
		if (++writes !== Number(deadly)) return;
		await halfOfIt();
		process.kill(process.pid, 'SIGKILL');
	};
	const { write, appendFile, truncate, sync } = prototype;
	Object.assign(prototype, {
		async write(this: FileHandle, bytes: Buffer, from: number, length: number, at: number) {
			await dieAt(() => Reflect.apply(write, this, [bytes, from, length >> 1, at]));
			return Reflect.apply(write, this, [bytes, from, length, at]);
		},
		async appendFile(this: FileHandle, data: Buffer | string) {
			await dieAt(() => Reflect.apply(appendFile, this, [data.slice(0, data.length >> 1)]));
			return Reflect.apply(appendFile, this, [data]);
		},
		async truncate(this: FileHandle, length: number) {
			await dieAt(() => Promise.resolve());
			return Reflect.apply(truncate, this, [length]);
		},
		async sync(this: FileHandle) {
			await dieAt(() => Promise.resolve());
			return Reflect.apply(sync, this, []);
		},
	});
}
