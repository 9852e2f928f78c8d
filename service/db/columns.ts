import type { ColumnBuilderCallback, ColumnDataType, CreateTableBuilder, Kysely } from 'kysely';

type Column = [type: ColumnDataType, build: ColumnBuilderCallback];
interface Kind {
	required: Column;
	optional: Column;
	primaryKey: Column;
}

const kind = (type: ColumnDataType): Kind => ({
	required: [type, (column) => column.notNull()],
	optional: [type, (column) => column],
	primaryKey: [type, (column) => column.primaryKey()],
});

/** The few kinds of column there are, in types that SQLite and MariaDB both take. Steps are repeatable
 *  (`if not exists`), because MariaDB cannot roll back half a migration. */
export function columns(db: Kysely<unknown>) {
	const whole = kind('bigint');
	return {
		table: (
			name: string,
			describe: (table: CreateTableBuilder<string>) => CreateTableBuilder<string, string>,
		) => describe(db.schema.createTable(name).ifNotExists()).execute(),
		/** Adds the columns that the table does not have yet: SQLite knows no `if not exists` for columns. */
		addColumns: async (name: string, added: Record<string, Column>) => {
			const tables = await db.introspection.getTables();
			const known = tables.find((one) => one.name === name)?.columns ?? [];
			for (const [column, [type, build]] of Object.entries(added)) {
				if (known.some((one) => one.name === column)) continue;
				await db.schema.alterTable(name).addColumn(column, type, build).execute();
			}
		},
		id: ['integer', (column) => column.primaryKey().autoIncrement()] as Column,
		/** WordPress's blog number, as text. */
		site: ['varchar(40)', (column) => column.notNull()] as Column,
		/** Milliseconds since 1970, UTC. */
		moment: whole,
		whole,
		flag: ['smallint', (column) => column.notNull()] as Column,
		/** A name from a short list, a hash. */
		word: kind('varchar(64)'),
		/** Something with an index or that fits a line; 320 octets is the longest mail address (RFC 3696 erratum 1690). */
		line: kind('varchar(320)'),
		prose: kind('text'),
		json: ['text', (column) => column.notNull()] as Column,
		bytes: ['blob', (column) => column.notNull()] as Column,
	};
}
