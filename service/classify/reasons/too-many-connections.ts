import type { ShippedReason } from '../shipped-reason.ts';

export const tooManyConnections: ShippedReason = {
	name: 'too-many-connections',
	label: 'Too many connections',
	type: 'Host',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'Your server opened more connections than the provider allows. Send with fewer at a time.',
	says: [
		'con-t*',

		'(too many|too much|maximum|max|excessive|exceed*|limit of|number of) (concurrent |simultaneous |open |smtp |parallel |number of |)(connections|connection|sessions|smtp sessions|smtp connections|clients|threads)',
		'(connection|connections|concurrent connection|connect|session) (limit|limits|rate|frequency|count|quota) (exceed*|reached|limited|too|is|was|for|from|by|of|has)',
		'(concurrent|simultaneous|parallel) (connections|smtp|sessions|connection) (from|limit|exceed*|allowed|per)',
		'(connections|connection) (from|by) * (exceed*|too many|limit)',
		'(max|maximum) (number of |)(connections|sessions) (per|reached|exceed*|allowed|from)',
		'too many hosts',
		'(all server ports|no more connections|server is busy|too busy|resources temporarily|server busy|system is busy|too many users)',
		'(reduce|limit) (the number of |your |)(connections|concurrent)',
	],
};
