import type { ActivityBook } from '../../activity-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { changeActivity } from './change.ts';
import { deleteActivities, storedDeed, undoDeed } from './deeds.ts';
import { storedActivity, storedAttachment } from './detail.ts';
import { listActivities } from './list.ts';
import { addNeverFile, applyNeverFile, listNeverFile, removeNeverFile } from './never-file.ts';
import { purgeActivities, purgeContacts } from './purge.ts';

/** The filed mail of one site in the service's own database. */
export function builtinActivities(tables: SiteTables): ActivityBook {
	return {
		list: (filters) => listActivities(tables, filters),
		get: (id) => storedActivity(tables, id),
		attachment: (id) => storedAttachment(tables, id),
		change: (change, by, at) => changeActivity(tables, change, by, at),
		delete: (ids, who, at) => deleteActivities(tables, ids, who, at),
		deed: (deedId) => storedDeed(tables, deedId),
		undo: (deedId, who, at) => undoDeed(tables, deedId, who, at),
		listNeverFile: (filters) => listNeverFile(tables, filters),
		addNeverFile: (entries, who, at) => addNeverFile(tables, entries, who, at),
		removeNeverFile: (ids) => removeNeverFile(tables, ids),
		applyNeverFile: (ids, who, at) => applyNeverFile(tables, ids, who, at),
		purge: (old, most) => purgeActivities(tables, old, most),
		purgeContacts: (deletedBefore, most) => purgeContacts(tables, deletedBefore, most),
	};
}
