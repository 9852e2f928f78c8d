import type { Naming } from '../folder-names.ts';
import type { ImapWire } from './wire.ts';

/** A connection that has signed in. */
export interface ImapConnection {
	wire: ImapWire;
	/** What the server can do, in capitals: "MOVE", "IDLE". */
	capabilities: ReadonlySet<string>;
	/** The place of one's own folders; without a delimiter where the server told none. */
	root: Naming;
}
