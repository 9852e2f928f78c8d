import SQLite from 'better-sqlite3';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type {
	CompiledQuery,
	DatabaseConnection,
	Dialect,
	Driver,
	Kysely,
	QueryResult,
} from 'kysely';
import { explainStorage } from './storage-trouble.ts';

/** Statements kept ready; the texts of a run repeat, only long value lists vary. */
const readyStatements = 500;

/** SQLite for Kysely with what its own dialect lacks: transactions that begin by taking the write lock
 *  (a deferred one fails with SQLITE_BUSY when two processes write) and statements prepared once. */
export class SqliteDialect implements Dialect {
	readonly #path: string;

	/** @param path a file, or ":memory:". */
	constructor(path: string) {
		this.#path = path;
	}

	createDriver(): Driver {
		return new SqliteDriver(this.#path);
	}
	createQueryCompiler() {
		return new SqliteQueryCompiler();
	}
	createAdapter() {
		return new TransactionalSqliteAdapter();
	}
	createIntrospector(db: Kysely<unknown>) {
		return new SqliteIntrospector(db);
	}
}

/** SQLite can roll back a half-done migration; Kysely does not assume so. */
class TransactionalSqliteAdapter extends SqliteAdapter {
	override get supportsTransactionalDdl(): boolean {
		return true;
	}
}

class SqliteDriver implements Driver {
	readonly #path: string;
	#connection?: SqliteConnection;
	/** One connection, one user at a time: whoever comes waits for the one before. */
	#turn: Promise<void> = Promise.resolve();
	#endTurn: () => void = () => undefined;

	constructor(path: string) {
		this.#path = path;
	}

	/** FULL: a commit survives a power cut too. Mails are moved away right after it, so it must; one commit a
	 *  window makes the extra flush cheap. Pages of 8 KB (of a new file; an old one keeps its own) take attachments a fifth
	 *  faster than SQLite's 4 KB, and small mails as fast. */
	async init() {
		const database = new SQLite(this.#path);
		for (const pragma of [
			'page_size = 8192',
			'journal_mode = WAL',
			'synchronous = FULL',
			'foreign_keys = ON',
			'busy_timeout = 10000',
		]) {
			database.pragma(pragma);
		}
		this.#connection = new SqliteConnection(database);
	}

	async acquireConnection(): Promise<SqliteConnection> {
		const before = this.#turn;
		let end = () => {};
		this.#turn = new Promise((resolve) => (end = resolve));
		await before;
		this.#endTurn = end;
		if (!this.#connection) throw new Error('The database is closed.');
		return this.#connection;
	}

	async releaseConnection() {
		this.#endTurn();
	}

	async beginTransaction(connection: SqliteConnection) {
		connection.run('begin immediate');
	}
	async commitTransaction(connection: SqliteConnection) {
		connection.run('commit');
	}
	async rollbackTransaction(connection: SqliteConnection) {
		// A full disk makes SQLite roll back by itself.
		if (connection.isInTransaction) connection.run('rollback');
	}
	async savepoint(connection: SqliteConnection, name: string) {
		connection.run(`savepoint "${name}"`);
	}
	async rollbackToSavepoint(connection: SqliteConnection, name: string) {
		connection.run(`rollback to "${name}"`);
	}
	async releaseSavepoint(connection: SqliteConnection, name: string) {
		connection.run(`release "${name}"`);
	}

	async destroy() {
		this.#connection?.close();
		this.#connection = undefined;
	}
}

class SqliteConnection implements DatabaseConnection {
	readonly #database: SQLite.Database;
	readonly #statements = new Map<string, SQLite.Statement>();

	constructor(database: SQLite.Database) {
		this.#database = database;
	}

	get isInTransaction(): boolean {
		return this.#database.inTransaction;
	}

	run(sql: string) {
		try {
			this.#database.exec(sql);
		} catch (error) {
			throw explainStorage(error);
		}
	}

	async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
		try {
			const statement = this.#prepare(query.sql);
			if (statement.reader) return { rows: statement.all(query.parameters) as Row[] };

			const { changes, lastInsertRowid } = statement.run(query.parameters);
			return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
		} catch (error) {
			throw explainStorage(error);
		}
	}

	async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
		for (const row of this.#database.prepare(query.sql).iterate(query.parameters)) {
			yield { rows: [row as Row] };
		}
	}

	close() {
		this.#statements.clear();
		this.#database.close();
	}

	#prepare(sql: string): SQLite.Statement {
		let statement = this.#statements.get(sql);
		if (!statement) {
			statement = this.#database.prepare(sql);
			if (this.#statements.size >= readyStatements) this.#statements.clear();
			this.#statements.set(sql, statement);
		}
		return statement;
	}
}
