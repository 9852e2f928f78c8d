import type { PersonalData } from '../../personal-data.ts';
import type { SiteTables } from '../site-tables.ts';
import { erasePersonalData } from './erase.ts';
import { exportPersonalData } from './export.ts';

/** What the service's own database holds about people of one site. */
export function builtinPersonalData(tables: SiteTables): PersonalData {
	return {
		export: (email, page) => exportPersonalData(tables, email, page),
		erase: (email, page, who, at) => erasePersonalData(tables, email, page, { who, at }),
	};
}
