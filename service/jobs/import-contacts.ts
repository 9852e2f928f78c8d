import { setImmediate } from 'node:timers/promises';
import { ServiceError } from '../errors.ts';
import type { Site } from '../site.ts';
import type { RunContext } from './job-book.ts';

/** The job Import Contacts: carries out the imports that administrators asked for, oldest first. Some hundred rows and the note
 *  of how far it is are one transaction, so a crash loses nothing and adds nothing twice: the next run goes on there. */
export async function importContacts(site: Site, context: RunContext): Promise<string> {
	if (context.isDryRun) return 'A dry run imports nothing; the page of the import shows a preview.';
	const sentences: string[] = [];
	for (;;) {
		const id = await site.contacts.imports.next();
		if (id === undefined) break;
		sentences.push(await importOne(id, site, context));
	}
	return sentences.length === 0 ? 'No file was waiting to be imported.' : sentences.join(' ');
}

async function importOne(id: number, site: Site, { claim, note }: RunContext): Promise<string> {
	const { imports } = site.contacts;
	const { fileName } = await imports.get(id);
	let told = 'nothing was left to be imported.';
	try {
		for await (const rows of imports.read(id)) {
			told = await site.inTransaction(async (inside) => {
				const at = inside.now();
				const progress = await inside.contacts.imports.carryOn(id, rows, at);
				await inside.jobs.renew(claim, { done: progress.done, total: progress.rows }, at);
				return progress.sentence;
			});
			// Requests that came meanwhile are answered between two pieces.
			await setImmediate();
		}
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
		await imports.fail(id, error.message);
		return `${fileName}: ${error.message}`;
	}
	const { state } = await imports.get(id);
	if (state === 'running')
		await imports.fail(id, 'The file is shorter than it was when it was uploaded.');
	await note('info', `${fileName}: ${told}`);
	return `${fileName}: ${told}`;
}
