import type { Message } from '../../messages/message.ts';
import type { Reading } from '../fate.ts';
import { providerNotification } from './provider-notification.ts';
import type { ServerFormat } from './server-format.ts';

const formats: readonly ServerFormat[] = [providerNotification];

/** Reads a bounce in one of the known formats. */
export function readServerFormat(message: Message): Reading | undefined {
	for (const { name, read } of formats) {
		const reading = read(message);
		if (reading) return { ...reading, decidedBy: `format ${name}` };
	}
	return undefined;
}
