import { z } from 'zod';
import { usualFilingSettings } from '../contract/activity.ts';
import type { FilingSettings } from '../contract/activity.ts';
import { activityRequests } from '../contract/activity-messages.ts';
import type { SettingsTables } from './catalogue-row.ts';

/** What applies to all accounts of a site that file mail: limits, blocked file types, how long things are kept. */
export interface FilingSettingsBook {
	/** The site's settings; as shipped where it never changed any. */
	read(): Promise<FilingSettings>;
	write(settings: FilingSettings): Promise<void>;
}

const name = 'filing';

/** Only a part may be stored, by an older version: what is missing is as shipped. */
const stored = activityRequests.changeFilingSettings.partial();

/** The filing settings of one site in the service's own database. */
export function siteFilingSettings({ db, siteId }: SettingsTables): FilingSettingsBook {
	return {
		read: async () => {
			const row = await db
				.selectFrom('settings')
				.select('value')
				.where('site_id', '=', siteId)
				.where('name', '=', name)
				.executeTakeFirst();
			return row ? fromJson(row.value) : usualFilingSettings;
		},
		write: async (settings) => {
			const value = JSON.stringify(settings);
			await db
				.insertInto('settings')
				.values({ site_id: siteId, name, value })
				.onConflict((conflict) => conflict.columns(['site_id', 'name']).doUpdateSet({ value }))
				.execute();
		},
	};
}

function fromJson(text: string): FilingSettings {
	const json: unknown = JSON.parse(text);
	const known = stored.parse(z.record(z.string(), z.unknown()).parse(json));
	const given = Object.fromEntries(
		Object.entries(known).filter(([, value]) => value !== undefined),
	);
	return { ...usualFilingSettings, ...given };
}
