import type { ShippedReason } from '../shipped-reason.ts';

export const loop: ShippedReason = {
	name: 'loop',
	label: 'Mail goes in circles',
	type: 'Loop',
	fault: 'network',
	countsTowardHold: true,
	advice:
		'The recipient’s servers send the mail round in a circle. Only their administrator can mend it.',
	says: [
		'(mail|routing|forwarding|message|relay|possible mail|email|delivery|mail forwarding|bounce|mx|dns|smtp) (loop|loops|looping|loop*)',
		'(too many|maximum|exceeded|max|exceed*) (hops|hop|hop count|hopcount|received|received headers|received: headers|"received" headers|forwarding|number of hops|routing|redirect*|levels of forwarding|received lines|forwards|transfers|hops in transit)',
		'(hop count|hopcount|hops|hop) (exceed*|limit|too|max*|reached|over)',
		'(loops|looped|looping|loop) (back|detected|found|to|in|prevent*|alert|with|:|suspected|counter|count|between)',
		'(routing loop detected|mail loop|loop detected|would loop|forwarding loop|infinite loop|loops back to myself|loops back to me)',
		'(local configuration error|config error): mail loops back',
		'message (looping|is looping|has looped|looped|already has my * delivered-to|already seen)',
		'(duplicated message-id|this message is looping|it already has my delivered-to line)',
		'(lowest numbered mx record points to local host|mx list for * points back|points back to)',
		'(schleife|mailschleife|boucle|bucle|зациклив*|メールがループ|ループ)',
	],
};
