import { ServiceError } from '../../errors.ts';
import { counted } from '../../words.ts';
import type { HandlersOf } from './handler.ts';
import { timeline } from './timeline.ts';

type AddressRoutes =
	'listAddressesOnHold' | 'releaseAddresses' | 'undoRelease' | 'holdAddress' | 'explainAddress';

export const addressHandlers: HandlersOf<AddressRoutes> = {
	listAddressesOnHold: ({ site }, filters) => site.crm.listOnHold(filters),

	releaseAddresses: ({ site, caller }, request) =>
		site.inTransaction(async (inside) => {
			const ids =
				'addressIds' in request ? request.addressIds : await inside.crm.idsOnHold(request.filter);
			const at = inside.now();
			const { id, released, leftAlone } = await inside.crm.release(ids, caller.userName, at);
			const sentence = releaseSentence(released, leftAlone);
			await inside.audit.note(caller.userName, `Release ${id}: ${sentence}`, at);
			return { releaseId: id, released, leftAlone, sentence };
		}),

	undoRelease: ({ site, caller }, { id }) =>
		site.inTransaction(async (inside) => {
			const at = inside.now();
			const { restored, leftAlone } = await inside.crm.undoRelease(id, caller.userName, at);
			const sentence =
				`${counted(restored, 'address is', 'addresses are')} back on hold.` +
				(leftAlone > 0 ? ` ${leftAsTheyAre(leftAlone)}: held anew or deleted meanwhile.` : '');
			await inside.audit.note(caller.userName, `Undid release ${id}: ${sentence}`, at);
			return { releaseId: id, released: -restored, leftAlone, sentence };
		}),

	holdAddress: ({ site, caller }, { id, note }) =>
		site.inTransaction(async (inside) => {
			const history = await inside.crm.addressHistory(id);
			const [contact] = history ? await inside.crm.contactStandings([history.contactId]) : [];
			if (!contact || contact.isDeleted)
				throw new ServiceError('not-found', 'There is no such address; it may have been deleted.');
			if (await inside.crm.addressOnHold(id)) {
				throw new ServiceError('conflict', 'This address is on hold already.');
			}
			const at = inside.now();
			const because = note || `Held by ${caller.userName}`;
			const hold = { addressId: id, hold: 'manual' as const, type: null, because, bounceId: null };
			await inside.crm.hold([hold], caller.userName, at);
			await inside.audit.note(caller.userName, `Put address ${id} on hold: ${because}`, at);
			const held = await inside.crm.addressOnHold(id);
			if (!held) throw new Error(`Address ${id} was not put on hold.`);
			return held;
		}),

	explainAddress: async ({ site }, { id }) => {
		const history = await site.crm.addressHistory(id);
		if (!history)
			throw new ServiceError('not-found', 'There is no such address; it may have been deleted.');
		const [standing] = await site.crm.contactStandings([history.contactId]);
		const bounces = await site.report.bouncesOfAddress(id);
		const deeds = await site.rules.deeds.ofPerson(id, history.contactId);
		return timeline(history, bounces, deeds, standing);
	},
};

/** What a release did, in a sentence. */
export function releaseSentence(released: number, leftAlone: number): string {
	const left =
		leftAlone > 0 ? ` ${leftAsTheyAre(leftAlone)}: opted out, or no longer on hold.` : '';
	const again = released === 1 ? 'its count starts again' : 'their counts start again';
	return `${counted(released, 'address', 'addresses')} released; ${again}.${left}`;
}

function leftAsTheyAre(count: number): string {
	return counted(count, 'address is left as it is', 'addresses are left as they are');
}
