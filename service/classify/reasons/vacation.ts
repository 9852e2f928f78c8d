import type { ShippedReason } from '../shipped-reason.ts';

export const vacation: ShippedReason = {
	name: 'vacation',
	label: 'Automatic reply',
	type: 'Away',
	fault: 'auto',
	countsTowardHold: false,
	advice: 'An automatic answer: the mail arrived and the person is away. Nothing to do.',
	says: [],
};
