import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import { openDatabase } from '../../service/db/open.ts';

/** What a big site has. */
export const sizes = {
	contacts: 100_000,
	addresses: 130_000,
	activities: 1_000_000,
	groups: 20,
	deliveries: 200_000,
	bounces: 15_000,
} as const;
/** The contact with the most mail, by far. */
export const busiest = 1;

const siteId = '1';
const today = Date.parse('2026-05-05T10:00:00Z');
const day = 24 * 60 * 60 * 1000;
const seed = 20_260_505;
/** Goes into the name of the file: another way to make the data makes another file. */
const revision = 5;

const firstNames =
	'Anna Bert Carla Dora Emil Frida Gina Hugo Ida Jon Kaja Liv Mona Nora Otto Pia Ruth Sven Tom Ute Änne Éva Łukasz'.split(
		' ',
	);
const syllables =
	'ber ga lin mor tan sel vik dor han ket rus wal nim pol fen zar hol mei tek lau'.split(' ');
const domains = Array.from(
	{ length: 400 },
	(_, n) => `${syllables[n % 20]}${syllables[Math.floor(n / 20)]}.example`,
);
const reasons = ['Invalid', 'Quota', 'Host'];

/** Makes the database once and keeps it in the system's folder for temporary files. @returns the folder it lies in. */
export async function bigDatabase(): Promise<string> {
	const schema = await schemaOf(':memory:');
	const name = createHash('sha256')
		.update(JSON.stringify([schema, sizes, revision]))
		.digest('hex');
	const folder = join(tmpdir(), `return-channel-contacts-${name.slice(0, 12)}`);
	if (existsSync(folder)) return folder;

	console.log('Making the database; it is kept for the next time.');
	const unfinished = `${folder}.unfinished`;
	rmSync(unfinished, { recursive: true, force: true });
	mkdirSync(unfinished, { recursive: true });
	const path = join(unfinished, 'service.sqlite');
	await (await openDatabase(path)).destroy();
	fill(path);
	renameSync(unfinished, folder);
	return folder;
}

async function schemaOf(path: string): Promise<unknown> {
	const db = await openDatabase(path);
	const { rows } = await sql`select name, sql from sqlite_schema order by name`.execute(db);
	await db.destroy();
	return rows;
}

/** Without indexes and triggers first: they are made in one go at the end, which takes a fraction of the time. */
function fill(path: string): void {
	const db = new SQLite(path);
	db.pragma('synchronous = OFF');
	db.pragma('journal_mode = MEMORY');
	db.pragma('cache_size = -400000');
	const later = db
		.prepare(
			"select type, name, sql from sqlite_master where type in ('index', 'trigger') and sql is not null",
		)
		.all() as { type: string; name: string; sql: string }[];
	for (const { type, name } of later) db.exec(`drop ${type} "${name}"`);
	const random = numbers(seed);
	db.transaction(() => {
		fillContacts(db, random);
		fillMails(db, random);
		fillHistory(db, random);
	})();
	for (const { type, sql } of later) if (type === 'index') db.exec(sql);
	db.exec(`update contacts set mails = own.mails, last_mail_at = own.last_at
		from (select contact_id, count(distinct activity_id) as mails, max(occurred_at) as last_at
			from activity_parties group by contact_id) as own
		where own.contact_id = contacts.id`);
	db.exec("insert into activity_words(activity_words) values ('rebuild')");
	for (const { type, sql } of later) if (type === 'trigger') db.exec(sql);
	db.pragma('journal_mode = WAL');
	db.close();
}

/** A row a call into a table, with only these columns. */
function inserter(db: SQLite.Database, table: string, columns: string) {
	const names = columns.split(' ');
	const statement = db.prepare(
		`insert into ${table} (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map(() => '?').join(', ')})`,
	);
	return (...values: (string | number | null)[]) => statement.run(...values);
}

function fillContacts(db: SQLite.Database, { below, oneIn, pick }: Numbers): void {
	const contact = inserter(
		db,
		'contacts',
		'id site_id kind display_name first_name last_name wp_user_id created_at status deleted_at employer sort_name changed_at source',
	);
	const group = inserter(db, 'contact_groups', 'id site_id name is_mailing_list');
	const member = inserter(db, 'group_members', 'site_id group_id contact_id');
	for (let id = 1; id <= sizes.groups; id += 1) group(id, siteId, `Group ${id}`, id % 2);
	const address = addressInserter(db);
	for (let id = 1; id <= sizes.contacts; id += 1) {
		const isPerson = !oneIn(7);
		const firstName = isPerson ? pick(firstNames) : '';
		const lastName = `${pick(syllables)}${pick(syllables)}${pick(syllables)}`;
		const family = lastName[0]!.toUpperCase() + lastName.slice(1);
		const name = isPerson ? `${firstName} ${family}` : `${family} Trust`;
		const sortName = isPerson ? `${family}, ${firstName}` : name;
		const createdAt = today - below(2_000) * day;
		const status = oneIn(25) ? 'unconfirmed' : oneIn(80) ? 'blacklisted' : 'confirmed';
		contact(
			id,
			siteId,
			isPerson ? 'Individual' : oneIn(5) ? 'Household' : 'Organization',
			name,
			firstName,
			isPerson ? family : '',
			oneIn(10) ? id : null,
			createdAt,
			status,
			oneIn(100) ? today : null,
			isPerson && oneIn(3) ? `${pick(syllables)} Works` : '',
			sortName.toLowerCase(),
			createdAt,
			'WordPress user',
		);
		address(id, `${lastName}.${id}@${pick(domains)}`, 1, oneIn(33));
		if (id <= sizes.addresses - sizes.contacts)
			address(id, `second.${id}@${pick(domains)}`, 0, false);
		const joined = new Set([below(60), below(60), below(60)]);
		for (const groupId of joined)
			if (groupId > 0 && groupId <= sizes.groups) member(siteId, groupId, id);
	}
}

function addressInserter(db: SQLite.Database) {
	const insert = inserter(
		db,
		'addresses',
		'site_id contact_id email email_key domain is_primary hold held_at hold_type hold_because count_since',
	);
	return (contactId: number, email: string, isPrimary: number, isHeld: boolean) =>
		insert(
			siteId,
			contactId,
			email,
			email,
			email.slice(email.indexOf('@') + 1),
			isPrimary,
			isHeld ? 'bounce' : null,
			isHeld ? today - day : null,
			isHeld ? 'Invalid' : null,
			isHeld ? '550 user unknown' : null,
			0,
		);
}

/** Most people have some mails, few have thousands. */
function fillMails(db: SQLite.Database, { fraction, oneIn, pick }: Numbers): void {
	const activity = inserter(
		db,
		'activities',
		'id site_id type subject occurred_at filed_at status campaign people excerpt attachments thread_id message_id fingerprint account_id because is_truncated damage',
	);
	const body = inserter(db, 'activity_bodies', 'site_id activity_id text');
	const party = inserter(
		db,
		'activity_parties',
		'site_id activity_id contact_id role place email name occurred_at',
	);
	const words = Array.from(
		{ length: 3_000 },
		() => `${pick(syllables)}${pick(syllables)}${oneIn(2) ? pick(syllables) : ''}`,
	);
	const text = (count: number) =>
		Array.from({ length: count }, () => words[Math.floor(words.length * fraction() ** 3)]).join(
			' ',
		);
	const somebody = () => (oneIn(200) ? busiest : 1 + Math.floor(sizes.contacts * fraction() ** 2));
	for (let id = 1; id <= sizes.activities; id += 1) {
		const at = today - (sizes.activities - id) * 120_000;
		const people = [somebody(), somebody(), ...(oneIn(4) ? [somebody()] : [])];
		const excerpt = text(18);
		activity(
			id,
			siteId,
			'Inbound Email',
			text(5),
			at,
			at,
			'completed',
			'',
			people.map((contact) => `person ${contact} second.${contact}@one.example`).join(' '),
			excerpt,
			oneIn(8) ? 1 : 0,
			oneIn(3) ? Math.max(1, id - 1) : id,
			`${id}@one.example`,
			`fingerprint ${id}`,
			1,
			'',
			0,
			'[]',
		);
		body(siteId, id, excerpt);
		for (const [index, contact] of people.entries()) {
			const [role, place] = index === 0 ? ['source', 'from'] : ['target', 'to'];
			party(siteId, id, contact, role!, place!, `second.${contact}@one.example`, '', at);
		}
	}
}

function fillHistory(db: SQLite.Database, { below, pick }: Numbers): void {
	const delivery = inserter(db, 'deliveries', 'site_id mailing_id job address_id hash sent_at');
	for (let n = 0; n < sizes.deliveries; n += 1)
		delivery(siteId, null, 1, 1 + below(sizes.addresses), 'f'.repeat(16), today - n * 60_000);
	const bounce = inserter(
		db,
		'bounces',
		'site_id fingerprint position account_id recorded_at kind email address_id type reason fault decided_by is_recognised trust matched_by counts counting caused_hold because',
	);
	for (let n = 0; n < sizes.bounces; n += 1) {
		const addressId = 1 + below(sizes.addresses);
		bounce(
			siteId,
			`bounce ${n}`,
			0,
			1,
			today - n * 60_000,
			'bounce',
			'',
			addressId,
			pick(reasons),
			'no-such-user',
			'address',
			'',
			1,
			'proved',
			'return-address',
			1,
			'',
			0,
			'',
		);
	}
}

interface Numbers {
	/** 0 ≤ x < 1 */
	fraction(): number;
	below(limit: number): number;
	oneIn(chances: number): boolean;
	pick<Item>(items: readonly Item[]): Item;
}

/** The same numbers on every machine: a linear congruential generator with the constants of Numerical Recipes. */
export function numbers(start: number): Numbers {
	let state = start >>> 0;
	const fraction = () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
	const below = (limit: number) => Math.floor(fraction() * limit);
	return {
		fraction,
		below,
		oneIn: (chances) => below(chances) === 0,
		pick: (items) => items[below(items.length)]!,
	};
}
