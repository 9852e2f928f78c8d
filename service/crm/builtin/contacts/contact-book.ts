import type { ContactBook } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { binContacts, restoreContacts } from './bin.ts';
import { addByHand, changeByHand } from './edit.ts';
import { everybody } from './everybody.ts';
import { builtinGroups } from './groups.ts';
import { heldAddresses } from './held.ts';
import { contactHistory } from './history.ts';
import { builtinImports } from './imports/imports.ts';
import { contactFacets } from './facets.ts';
import { listContacts } from './list.ts';
import { mergeContacts, previewMerge } from './merge.ts';
import { contactRecord, recordOfUser } from './record.ts';
import { undoDeed } from './undo.ts';
import { setUserSync, userSync } from './user-sync.ts';
import { builtinViews } from './views.ts';

/** The contacts that come with the service, in its own database. */
export function builtinContactBook(tables: SiteTables): ContactBook {
	return {
		list: (filters) => listContacts(tables, filters),
		facets: (filters) => contactFacets(tables, filters),
		record: (id) => contactRecord(tables, id),
		recordOfUser: (userId) => recordOfUser(tables, userId),
		history: (id, most) => contactHistory(tables, id, most),
		everybody: (filters) => everybody(tables, filters),
		add: (contact, by) => addByHand(tables, contact, by),
		change: (id, contact, by) => changeByHand(tables, id, contact, by),
		bin: (chosen, by) => binContacts(tables, chosen, by),
		restore: (chosen, by) => restoreContacts(tables, chosen, by),
		heldAddresses: (chosen) => heldAddresses(tables, chosen),
		previewMerge: (choice) => previewMerge(tables, choice),
		merge: (choice, by) => mergeContacts(tables, choice, by),
		undo: (deedId, by) => undoDeed(tables, deedId, by),
		groups: builtinGroups(tables),
		views: builtinViews(tables),
		imports: builtinImports(tables),
		userSync: () => userSync(tables),
		setUserSync: (settings) => setUserSync(tables, settings),
	};
}
