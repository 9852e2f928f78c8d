import type { ShippedReason } from '../shipped-reason.ts';

export const suppressed: ShippedReason = {
	name: 'suppressed',
	label: 'On the provider’s suppression list',
	type: 'Inactive',
	fault: 'address',
	countsTowardHold: true,
	advice:
		'Your sending provider did not even try: the address failed or complained before. Remove it there before you release it here.',
	says: [
		'(suppression|suppress|suppressed) (list|address|recipient)',
		'(address|recipient) (is |was |)(suppressed|on (the |our |your |)suppression list|in (the |our |your |)suppression list|on account suppression list)',
		'(bounced|bounce) (address|list) * (suppress*|previously)',
		'(previously|already) (bounced|unsubscribed|marked as (bad|invalid|spam)) (address|recipient|email)',
		'(address|recipient) (has |)(previously|recently|history of) (bounc*|hard*bounc*|recent bounces)',
		'(has a history of|recent history of) (bounces|hard bounces|recent bounces)',
		'(unsubscribed|bounced|invalid|spam reporting|spam reported) address',
		'not delivering to (a |)previously bounced address',
		'on (the |our |a |)(bounce|do not (mail|email|contact)|blocked recipients) list',
		'recipient (is |)(on|in) * (do-not-email|blocklist of recipients|unsubscribe list)',
	],
};
