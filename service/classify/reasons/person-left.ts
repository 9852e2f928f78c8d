import type { ShippedReason } from '../shipped-reason.ts';

export const personLeft: ShippedReason = {
	name: 'person-left',
	label: 'No longer there',
	type: 'Inactive',
	fault: 'address',
	// A person's words, not a server's: somebody may read the mailbox on, and a mistake must not cost a contact.
	countsTowardHold: false,
	advice:
		'An automatic answer says that the person has left or changed address. Ask for the new address, or enter the one it names.',
	says: [],
};
