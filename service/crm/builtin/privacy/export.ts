import type { Answers } from '../../../contract/messages.ts';
import type { SiteTables } from '../site-tables.ts';
import { addresses, contacts, groups, holds, lists } from './contact-sections.ts';
import { activities, bounces, named, seen, sent } from './mail-sections.ts';
import { findPerson } from './person.ts';
import type { Item } from './section.ts';

/** Items a page; WordPress asks for one page after the other. */
const itemsAPage = 100;

/** What is told, in this order. */
const sections = [contacts, addresses, groups, lists, holds, sent, activities, bounces, seen];

/** See `PersonalData.export`. */
export async function exportPersonalData(
	tables: SiteTables,
	email: string,
	page: number,
): Promise<Answers['exportPersonalData']> {
	const person = await findPerson(tables, email);
	const data: Item[] = [];
	let offset = (page - 1) * itemsAPage;
	let left = itemsAPage;
	let told = 0;
	for (const section of sections) {
		const count = await section.count(tables, person);
		const taken = Math.max(0, Math.min(count - offset, left));
		if (taken > 0) data.push(...(await section.items(tables, person, { offset, limit: taken })));
		told += count;
		offset = Math.max(0, offset - count);
		left -= taken;
	}
	// What no index finds comes last, from the page on which the rest ends.
	const first = Math.floor(told / itemsAPage) + 1;
	if (page < first) return { data, done: false };
	const others = await named(tables, person, { isFirst: page === first, most: left });
	return { data: [...data, ...others.items], done: !others.isMore };
}
