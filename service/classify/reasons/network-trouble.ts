import type { ShippedReason } from '../shipped-reason.ts';

export const networkTrouble: ShippedReason = {
	name: 'network-trouble',
	label: 'Trouble on the way',
	type: 'Relay',
	fault: 'network',
	countsTowardHold: true,
	advice: 'A name server or a network on the way fails. It usually passes.',
	says: [
		'routing-errors',

		'(host not found, try again|host (or domain |)name lookup (deferred|temporar*)|name service error * try again|temporary (dns|name|resolver)*|dns (server |lookup |)(returned |)(temporary|temporarily|timeout|timed|server failure|servfail|unavailable)|(dns|name) server * (temporar*|not respond*|unavailable|try)|temporarily unable to resolve|unable to resolve * temporar*)',
		'(routing|route|network|dns) (error|failure|problem|congestion|outage|configuration|is|server entries)',
		"(unable to route|no route|cannot route|unable to find a route|route not found|routing (server|failure)|can't route|not routable|unable to determine (the |)(route|destination))",
		'(network|mail system|link|line) (congestion|congested|busy|outage|partition*|trouble)',
		'(malformed|unexpected|invalid) (dns|response from|greeting|reply from|server reply)',
		'(address family|no address family|ipv6|protocol not available)',
		'(name service|nameserver|name server) (error|failure|timeout|problem)',
	],
};
