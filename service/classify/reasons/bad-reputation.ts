import type { ShippedReason } from '../shipped-reason.ts';

export const badReputation: ShippedReason = {
	name: 'bad-reputation',
	label: 'Our server’s reputation is bad',
	type: 'Spam',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'The provider trusts your sending server or domain too little. Send less and cleaner mail for a while; the contacts are not to blame.',
	says: [
		'(reputation|sender score|senderbase|sender base|trust score|ip score|scored too low|scoring below|low score)',
		'(bad|poor|low|very low|none/bad|negative|insufficient|suspicious|weak|unknown|no) (ip |sender |domain |sending |server |email |mail |web |)reputation',
		'reputation (of |is |has |score |filter|too |block|not|does|based|check|for|problem)',
		'(senderbase.org|postmaster.live.com|sndscore)',
		'(nowl)',
		'very low trust',
	],
};
