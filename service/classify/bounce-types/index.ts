import type { BounceType } from '../catalogue.ts';

/** The eleven types with their thresholds, as CiviCRM's chapter on inbound mail documents them. */
export const shippedTypes: readonly BounceType[] = [
	{ name: 'AOL', description: 'AOL Terms of Service complaint', holdThreshold: 1 },
	{ name: 'Away', description: 'Recipient is on vacation', holdThreshold: 3 },
	{ name: 'DNS', description: 'Unable to resolve recipient domain', holdThreshold: 3 },
	{ name: 'Host', description: 'Unable to deliver to destination mail server', holdThreshold: 3 },
	{ name: 'Inactive', description: 'User account is no longer active', holdThreshold: 1 },
	{ name: 'Invalid', description: 'Email address is not valid', holdThreshold: 1 },
	{ name: 'Loop', description: 'Mail routing error', holdThreshold: 3 },
	{ name: 'Quota', description: 'User inbox is full', holdThreshold: 3 },
	{ name: 'Relay', description: 'Unable to reach destination mail server', holdThreshold: 3 },
	{ name: 'Spam', description: 'Message caught by a content filter', holdThreshold: 1 },
	{ name: 'Syntax', description: 'Error in SMTP transaction', holdThreshold: 3 },
];
