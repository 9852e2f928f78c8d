import { ServiceError } from '../../errors.ts';
import type { HandlersOf } from './handlers.ts';

type DoNotSendRoutes = 'listDoNotSend' | 'addDoNotSend' | 'removeDoNotSend';

export const doNotSendHandlers: HandlersOf<DoNotSendRoutes> = {
	listDoNotSend: ({ site }, filters) => site.crm.listDoNotSend(filters),

	addDoNotSend: ({ site, caller }, { email, note }) =>
		site.inTransaction(async (inside) => {
			const because = note || `Added by ${caller.userName}`;
			const at = inside.now();
			const added = await inside.crm.addToDoNotSend([{ email, because }], caller.userName, at);
			if (added === 0)
				throw new ServiceError('conflict', `${email} is on the do-not-send list already.`);
			const sentence = `${email} was added to the do-not-send list.`;
			await inside.audit.note(caller.userName, sentence, at);
			return { sentence };
		}),

	removeDoNotSend: ({ site, caller }, { emails }) =>
		site.inTransaction(async (inside) => {
			const removed = await inside.crm.removeFromDoNotSend(emails);
			const noun = removed === 1 ? 'address was' : 'addresses were';
			const sentence = `${removed} ${noun} taken off the do-not-send list.`;
			await inside.audit.note(caller.userName, sentence, inside.now());
			return { sentence };
		}),
};
