import type { Message } from '../../messages/message.ts';
import type { Reading } from '../classify.ts';
import { providerNotification } from './provider-notification.ts';

/** A server or provider whose reports need more than the words at large. */
export interface ServerFormat {
	name: string;
	/** Reads the mail if it is this server's, else undefined. */
	read(message: Message): Reading | undefined;
}

const formats: readonly ServerFormat[] = [providerNotification];

/** Reads a bounce in one of the known formats. */
export function readServerFormat(message: Message): Reading | undefined {
	for (const { name, read } of formats) {
		const reading = read(message);
		if (reading) return { ...reading, decidedBy: `format ${name}` };
	}
	return undefined;
}
