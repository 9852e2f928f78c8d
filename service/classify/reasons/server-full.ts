import type { ShippedReason } from '../shipped-reason.ts';

export const serverFull: ShippedReason = {
	name: 'server-full',
	label: 'Server out of space',
	type: 'Host',
	fault: 'network',
	countsTowardHold: true,
	advice: 'The whole server is out of disk space or memory, not this mailbox. It usually passes.',
	says: [
		'insufficient (disk|storage) space',
		'not enough (disk|storage) space',

		'(insufficient|not enough|no|low|out of|lack of) (system storage|system resources|disk space on|server storage|space left on device|system space|server resources|resources on)',
		'(mail system|system|server|disk|file system|filesystem|device|volume|partition|spool) (is |storage |disk |) (full|has no space|out of space|out of disk)',
		'(insufficient system|system storage)',
		'no space left',
	],
};
