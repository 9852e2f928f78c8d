import { contactStatuses } from '../contract/address.ts';
import type { ContactStatus } from '../contract/address.ts';
import type { Crm } from '../crm/crm.ts';
import type { Report } from '../report/report.ts';
import type { Field, Target } from '../rules/deeds.ts';
import { targetKey } from '../rules/deeds.ts';

/** Where the things are that rules change. */
export interface Ports {
	crm: Crm;
	report: Report;
}

/** How things stand, by `targetKey`; a thing that is no longer there is not in the answer. */
export type States = Map<string, string>;

/** Asks how all these targets stand now, a handful of questions for any number of them. */
export async function readStates(
	targets: readonly Target[],
	{ crm, report }: Ports,
): Promise<States> {
	const numbers = (...fields: Field[]) => [
		...new Set(targets.filter(({ field }) => fields.includes(field)).map(({ of }) => Number(of))),
	];
	const states: States = new Map();
	const set = (field: Field, of: Target['of'], state: string) =>
		states.set(targetKey({ field, of }), state);

	for (const { id, hold } of await crm.findAddresses({ ids: numbers('hold'), emails: [] }))
		set('hold', id, hold ?? 'none');
	for (const contact of await crm.contactStandings(numbers('status', 'deleted'))) {
		set('status', contact.contactId, contact.status);
		set('deleted', contact.contactId, contact.isDeleted ? 'yes' : 'no');
	}
	const emails = targets.filter(({ field }) => field === 'do-not-send').map(({ of }) => String(of));
	const listed = await crm.doNotSendAmong(emails);
	for (const email of emails) set('do-not-send', email, listed.has(email) ? 'yes' : 'no');
	const bounces = numbers('bounce');
	const deleted = await report.deletedAmong(bounces);
	for (const id of bounces) set('bounce', id, deleted.has(id) ? 'deleted' : 'kept');
	return states;
}

/** Why and by which bounce something is changed. */
export interface Cause {
	bounceId: number;
	/** Of the bounce, if it is known. */
	type: string | null;
	because: string;
	who: string;
	at: Date;
}

/** Makes a target what a rule or its undoing wants it to be.
 *  @returns false when somebody got in between, so that it stays as it is. */
export async function writeState(
	{ field, of }: Target,
	state: string,
	{ bounceId, type, because, who, at }: Cause,
	{ crm, report }: Ports,
): Promise<boolean> {
	switch (field) {
		case 'hold':
			if (state === 'none') return crm.takeBackHold(bounceId, who, at);
			await crm.hold([{ addressId: Number(of), hold: 'bounce', type, because, bounceId }], who, at);
			return true;
		case 'status':
			await crm.setContactStatus(Number(of), statusNamed(state));
			return true;
		case 'deleted':
			await crm.setContactDeleted(Number(of), state === 'yes' ? at : null);
			return true;
		case 'do-not-send':
			if (state === 'yes') await crm.addToDoNotSend([{ email: String(of), because }], who, at);
			else await crm.removeFromDoNotSend([String(of)]);
			return true;
		case 'bounce':
			await report.setBouncesDeleted([Number(of)], state === 'deleted' ? at : null);
			return true;
	}
}

function statusNamed(state: string): ContactStatus {
	return contactStatuses.find((status) => status === state) ?? 'confirmed';
}
