import type { ShippedReason } from '../shipped-reason.ts';

export const relayingDenied: ShippedReason = {
	name: 'relaying-denied',
	label: 'Relaying denied',
	type: 'Relay',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'A server on the way does not feel responsible for the recipient’s domain: your own smart host is set up wrongly, or the domain’s mail server is.',
	says: [
		'relaying-issues',

		'(relay|relaying|mail relay|mail relaying|relay access|open relay|relaying mail|relay*) (is |was |to |not |for |attempt |of |by |access |from |this |through |via |operation |) * (denied|prohibited|refused|rejected|not allowed|not permitted|forbidden|disabled|blocked|unauthorized|disallowed|restricted)',
		'(relay|relaying) (not permitted|denied|access denied|prohibited|not allowed|disallowed|forbidden|disabled|blocked|refused|rejected|is not|authorization|authentication|operation rejected)',
		"(no|cannot|can't|won't|not|unable to|don't|do not|will not|doesn't|does not|not permitted to|not allowed to|insecure mail|unauthorized|attempt to|we do not|not authorized to|must authenticate to|you may not|not a|not open for|cannot be used to|mail) (relay|relaying|relayed)",
		"(not|isn't|is not) (in |one of |a |local|)(my |our |the |)(list of allowed rcpthosts|rcpthosts|local domain|relay domain|permitted relay|allowed rcpthosts|gateway|mailhub|relay-host)",
		"that domain isn't in my list of allowed rcpthosts",
		'(rcpthosts|unable to relay|relaytoext|not a gateway|not a relay|no relay*|norelay*|relay_denied|openrelay)',
		"(not|is not|isn't) (a |)(local|hosted|handled|served|accepted|configured) (domain|here|on this server|by this server|host)",
		"(domain|host|recipient domain) (is |)(not (hosted|handled|local|served|configured|serviced|responsible|accepted|known) (here|by|on|at|in|domain|)|isn't (hosted|handled|local))",
		"(this (system|server|host|machine)) (is not|isn't|not) (configured to relay|responsible|a relay|an open relay|authorized)",
		"(not|isn't) responsible for (this|that|the) domain",
		"we (don't|do not) (handle|relay|accept|host|serve) (mail |email |this |that |messages |)(for|domain|to)",
		'(weiterleitung|relaying|weiterleiten) * (nicht erlaubt|verweigert|nicht gestattet)',
		'(relais|relayage) * (refusé|interdit|non autorisé)',
	],
	hints: ['relay*'],
};
