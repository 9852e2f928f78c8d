import { ServiceError } from '../../errors.ts';
import { counted, inARow } from '../../words.ts';
import type { HandlersOf } from './handler.ts';

type NeverFileRoutes =
	| 'listNeverFile'
	| 'addNeverFile'
	| 'removeNeverFile'
	| 'applyNeverFile'
	| 'getFilingSettings'
	| 'changeFilingSettings';

/** Patterns that a sentence names. */
const mostNamed = 5;

export const neverFileHandlers: HandlersOf<NeverFileRoutes> = {
	listNeverFile: ({ site }, filters) => site.activities.listNeverFile(filters),

	addNeverFile: ({ site, caller }, entries) =>
		site.inTransaction(async (inside) => {
			const at = inside.now();
			const { added, filedAlready } = await inside.activities.addNeverFile(
				entries,
				caller.userName,
				at,
			);
			const sentence = addedSentence(entries.patterns, added, filedAlready);
			if (added > 0) await inside.audit.note(caller.userName, sentence, at);
			return { added, filedAlready, sentence };
		}),

	removeNeverFile: ({ site, caller }, { ids }) =>
		site.inTransaction(async (inside) => {
			const patterns = await inside.activities.removeNeverFile(ids);
			if (patterns.length === 0)
				throw new ServiceError('not-found', 'There is no such entry on the never-file list.');
			const sentence = `${named(patterns)} taken off the never-file list. Mail that comes in from now on is filed.`;
			await inside.audit.note(caller.userName, sentence, inside.now());
			return { sentence };
		}),

	applyNeverFile: ({ site, caller }, { ids }) =>
		site.inTransaction(async (inside) => {
			const at = inside.now();
			const report = await inside.activities.applyNeverFile(ids, caller.userName, at);
			await inside.audit.note(caller.userName, `Never-file list: ${report.sentence}`, at);
			return report;
		}),

	getFilingSettings: ({ site }) => site.filingSettings.read(),

	changeFilingSettings: ({ site, caller }, settings) =>
		site.inTransaction(async (inside) => {
			const wanted = { ...settings, blockedEndings: [...new Set(settings.blockedEndings)].sort() };
			await inside.filingSettings.write(wanted);
			await inside.audit.note(caller.userName, 'Changed the settings of filed mail.', inside.now());
			return wanted;
		}),
};

function addedSentence(patterns: readonly string[], added: number, filedAlready: number): string {
	const filed =
		filedAlready > 0
			? ` ${counted(filedAlready, 'mail is', 'mails are')} filed with them already; you can remove what was filed.`
			: '';
	if (added === 0) return `All of these are on the never-file list already.${filed}`;
	const who = added === patterns.length ? named(patterns) : counted(added, 'entry', 'entries');
	return `${who} added to the never-file list.${filed}`;
}

function named(patterns: readonly string[]): string {
	return patterns.length <= mostNamed
		? inARow(patterns)
		: counted(patterns.length, 'entry', 'entries');
}
