import {
	bounce,
	bounceFacets,
	bouncesOfAddress,
	countAllBounces,
	listBounces,
} from './bounce-list.ts';
import { countBounces, recordBounces, takeBackBounce } from './bounce-log.ts';
import {
	countKeptBounces,
	deletedAmong,
	keptBounces,
	noteCaught,
	setBouncesDeleted,
} from './kept-bounces.ts';
import { earlierOutcomes, writeJournal } from './journal.ts';
import { keepRawMails, keptMail, purgeRawMails, rawMail } from './raw-mails.ts';
import type { Report } from './report.ts';
import type { ReportTables } from './report-tables.ts';

/** The report in the service's own database. */
export function siteReport(tables: ReportTables): Report {
	return {
		earlierOutcomes: (accountId, fingerprints) => earlierOutcomes(tables, accountId, fingerprints),
		writeJournal: (entries) => writeJournal(tables, entries),
		recordBounces: (bounces) => recordBounces(tables, bounces),
		countBounces: (addresses) => countBounces(tables, addresses),
		listBounces: (filters) => listBounces(tables, filters),
		bounceFacets: (filters) => bounceFacets(tables, filters),
		bounce: (id) => bounce(tables, id),
		bouncesOfAddress: (addressId) => bouncesOfAddress(tables, addressId),
		takeBackBounce: (id, because, at) => takeBackBounce(tables, id, because, at),
		countAllBounces: () => countAllBounces(tables),
		keptBounces: (wanted) => keptBounces(tables, wanted),
		countKeptBounces: () => countKeptBounces(tables),
		noteCaught: (caught) => noteCaught(tables, caught),
		deletedAmong: (ids) => deletedAmong(tables, ids),
		setBouncesDeleted: (ids, at) => setBouncesDeleted(tables, ids, at),
		keepRawMails: (mails) => keepRawMails(tables, mails),
		rawMail: (fingerprint) => rawMail(tables, fingerprint),
		keptMail: (fingerprint) => keptMail(tables, fingerprint),
		purgeRawMails: (before) => purgeRawMails(tables, before),
	};
}
