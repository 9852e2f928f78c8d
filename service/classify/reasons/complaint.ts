import type { ShippedReason } from '../shipped-reason.ts';

export const complaint: ShippedReason = {
	name: 'complaint',
	label: 'Complaint',
	type: 'AOL',
	fault: 'complaint',
	countsTowardHold: true,
	advice:
		'The recipient pressed “this is spam” at the provider. Send nothing more to this address.',
	says: [],
};
