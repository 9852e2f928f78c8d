import type { FilingBook } from '../../filing-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { fileAll } from './file-all.ts';
import { lookUp } from './look-up.ts';

/** Filing in the service's own database, of one site. */
export function builtinFiling(tables: SiteTables): FilingBook {
	return {
		lookUp: (wanted) => lookUp(tables, wanted),
		file: (deeds, context) => fileAll(tables, deeds, context),
	};
}
