import type { Migration } from 'kysely';
import * as theFirstTables from './001-the-first-tables.ts';

/** In this order, each once; a new one is a new file and a line here. */
export const migrations: Record<string, Migration> = {
	'001-the-first-tables': theFirstTables,
};
