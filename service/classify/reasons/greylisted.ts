import type { ShippedReason } from '../shipped-reason.ts';

export const greylisted: ShippedReason = {
	name: 'greylisted',
	label: 'Asked to try again',
	type: 'Host',
	fault: 'network',
	countsTowardHold: true,
	advice:
		'The server makes unknown senders wait (greylisting). Normally the next try gets through.',
	says: [
		'(greylist*|graylist*|grey-list*|gray-list*|grey list*|gray list*|postgrey|greypass)',
		'(try again|come back|retry) (in|after) * (minutes|seconds|minute|hour)',
		'(first time sender|temporarily rejected * (new|first|unknown))',
	],
};
