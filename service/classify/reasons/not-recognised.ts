import type { ShippedReason } from '../shipped-reason.ts';

export const notRecognised: ShippedReason = {
	name: 'not-recognised',
	label: 'Not recognised',
	type: 'Syntax',
	fault: 'unclear',
	countsTowardHold: true,
	advice:
		'Nothing in this bounce says what is wrong. Read it, and make a rule if there are more of its kind.',
	says: [],
};
