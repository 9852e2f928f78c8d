import { trouble } from '../diagnosis.ts';
import { quoteFolder } from '../folder-names.ts';
import { movingKeyword } from './interrupted.ts';
import type { InterruptedMoves } from './interrupted.ts';
import { searchUids } from './reading.ts';
import { CommandRefused } from './wire.ts';
import type { ImapWire } from './wire.ts';
import { uidSets } from './uid-sets.ts';

/** A folder that mails are moved into; it is made when the first one comes. */
export class ImapFilingFolder {
	private readonly wire: ImapWire;
	private readonly possibleNames: readonly string[];
	private readonly capabilities: ReadonlySet<string>;
	private readonly interrupted: InterruptedMoves;
	/** Its name on the server; none while there is no such folder. */
	name?: string;

	/** @param possibleNames names it may have on this server, the best first
	 *  @param existing every folder that the server has
	 *  @param interrupted what an earlier run left in two places */
	constructor(
		wire: ImapWire,
		possibleNames: readonly string[],
		existing: readonly string[],
		capabilities: ReadonlySet<string>,
		interrupted: InterruptedMoves,
	) {
		this.wire = wire;
		this.possibleNames = possibleNames;
		this.capabilities = capabilities;
		this.interrupted = interrupted;
		this.name = possibleNames.find((name) => existing.includes(name));
	}

	/** Moves mails out of the open folder, all with one command where the server can.
	 *  @param uids ascending; those that are gone already are no trouble
	 *  @throws ServiceError "filing-folder-refused", CommandRefused, ConnectionLost */
	async take(uids: readonly number[]): Promise<void> {
		if (uids.length === 0) return;
		this.name ??= await this.make(this.possibleNames);
		const { name } = this;
		const arrived = this.interrupted.arrived.get(name);
		const left = this.interrupted.marked.splice(0);
		for (const set of uidSets(
			[...left, ...uids.filter((uid) => arrived?.has(uid))].sort(ascending),
		))
			await this.takeOut(set);
		const others = arrived ? uids.filter((uid) => !arrived.has(uid)) : uids;
		await Promise.all(uidSets(others).map((set) => this.takeSet(set, name)));
	}

	/** Moves all mails of this folder into the source, and opens the source again.
	 *  @returns how many; 0 when the folder does not exist */
	async giveBack(source: string): Promise<number> {
		if (this.name === undefined) return 0;
		await this.wire.run(`SELECT ${quoteFolder(this.name)}`);
		const uids = await searchUids(this.wire, 'UNDELETED');
		for (const set of uidSets(uids)) await this.move(set, source);
		await this.wire.run(`SELECT ${quoteFolder(source)}`);
		return uids.length;
	}

	private async takeSet(set: string, name: string): Promise<void> {
		try {
			await this.move(set, name);
		} catch (error) {
			if (!(error instanceof CommandRefused)) throw error;
			// Some servers refuse a command about mails that are gone, which is no trouble here.
			if ((await searchUids(this.wire, `UID ${set} UNDELETED`)).length === 0) return;
			if (!/TRYCREATE/i.test(error.said)) throw error;
			await this.make([name]); // somebody removed it during the run
			await this.move(set, name);
		}
	}

	/** MOVE (RFC 6851), or what stands for it at older servers. UID EXPUNGE (RFC 4315) removes these mails only;
	 *  where that is missing too they stay marked as deleted, because a plain EXPUNGE would take other
	 *  people's deleted mails with it. */
	private async move(set: string, name: string): Promise<void> {
		if (this.capabilities.has('MOVE')) {
			await this.wire.run(`UID MOVE ${set} ${quoteFolder(name)}`);
			return;
		}
		await this.mark(set);
		await this.wire.run(`UID COPY ${set} ${quoteFolder(name)}`);
		await this.takeOut(set);
	}

	/** So that the next run knows, should this one be interrupted. Where the server keeps no keywords, the next run compares. */
	private async mark(set: string): Promise<void> {
		try {
			await this.wire.run(`UID STORE ${set} +FLAGS.SILENT (${movingKeyword})`);
		} catch (error) {
			if (!(error instanceof CommandRefused)) throw error;
		}
	}

	/** Takes mails out of the source whose copies have arrived. */
	private async takeOut(set: string): Promise<void> {
		await this.wire.run(`UID STORE ${set} +FLAGS.SILENT (\\Deleted)`);
		if (this.capabilities.has('UIDPLUS')) await this.wire.run(`UID EXPUNGE ${set}`);
	}

	/** Makes the first of the names that the server accepts. */
	private async make(names: readonly string[]): Promise<string> {
		let refusal: CommandRefused | undefined;
		for (const name of names) {
			try {
				await this.wire.run(`CREATE ${quoteFolder(name)}`);
				await this.subscribe(name);
				return name;
			} catch (error) {
				if (!(error instanceof CommandRefused)) throw error;
				if (/ALREADYEXISTS|already exists/i.test(error.said)) return name;
				refusal = error;
			}
		}
		throw trouble(
			'filing-folder-refused',
			`The server makes no folder “${names[0]}”: “${refusal?.said}”. Create it by hand, or choose another name for the filing folder in the account.`,
			refusal,
		);
	}

	private async subscribe(name: string): Promise<void> {
		try {
			await this.wire.run(`SUBSCRIBE ${quoteFolder(name)}`);
		} catch (error) {
			// Without a subscription some mail programs don't show the folder; filing works all the same.
			if (!(error instanceof CommandRefused)) throw error;
		}
	}
}

const ascending = (a: number, b: number): number => a - b;
