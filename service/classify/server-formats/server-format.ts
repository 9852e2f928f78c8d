import type { Message } from '../../messages/message.ts';
import type { Reading } from '../fate.ts';

/** A server or provider whose reports need more than the words at large. */
export interface ServerFormat {
	name: string;
	/** Reads the mail if it is this server's, else undefined. */
	read(message: Message): Reading | undefined;
}
