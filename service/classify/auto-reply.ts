import type { Message } from '../messages/message.ts';
import type { Catalogue } from './catalogue.ts';
import type { Classification } from './classification.ts';
import { reasonNamed } from './judge.ts';

/** Reads an automatic answer (RFC 3834). */
export function readAutoReply(message: Message, catalogue: Catalogue): Classification | undefined {
	const sign = headerSign(message);
	if (!sign) return undefined;
	const { name, type, fault } = reasonNamed('vacation', catalogue);
	return {
		kind: 'auto-reply',
		decidedBy: sign,
		verdicts: [
			{
				...(message.from ? { recipient: message.from } : {}),
				type,
				reason: name,
				fault,
				decidedBy: sign,
				isRecognised: true,
			},
		],
	};
}

function headerSign({ headers }: Message): string | undefined {
	if (/^auto-replied/i.test(headers.get('Auto-Submitted')?.trim() ?? ''))
		return 'header Auto-Submitted';
	if (headers.has('X-Autoreply') || headers.has('X-Autorespond')) return 'header X-Autoreply';
	if (/^auto[_-]?reply/i.test(headers.get('Precedence')?.trim() ?? '')) return 'header Precedence';
	return undefined;
}
