import type { ShippedReason } from '../shipped-reason.ts';

export const reverseDnsMissing: ShippedReason = {
	name: 'reverse-dns-missing',
	label: 'Sending server without a proper name',
	type: 'Spam',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'The IP address of your sending server has no or no matching name in the DNS (PTR record), or it greets with a wrong name.',
	says: [
		'cxdns',

		'(reverse dns|reverse lookup|reverse-dns|rdns|reverse-lookup|reverse hostname|reverse name|reverse address|reverse mapping|reverse resolution|reverse host|inverse dns)',
		'(ptr|ptr record|ptr records|ptr entry|fcrdns|iprev|pointer record)',
		'(no|missing|invalid|without|lacks|lack of|lacking|bad|unresolvable|generic|dynamic|need|needs|not have|require*|unknown) (a |valid |an |) (ptr|reverse|rdns|fcrdns)',
		"(cannot|can't|could not|couldn't|unable to|failed to) (find|resolve|get|determine|verify|look up|lookup) (your |the |a |)(hostname|reverse|client hostname|host name|name for|ptr|sending ip|ip address|ip name|client host|name)",
		"(cannot|could not|unable to|can't) (find|resolve) your hostname",
		"(client host|client|client hostname|sending host|sending server|your host|your ip|ip address|remote host|ip name|your mail server|your server|host|helo|ehlo|helo name|helo host|ip|connecting ip) * (has no|does not have|doesn't have|no|missing|not have|lacks) (a |valid |proper |) (ptr|reverse|rdns|name|hostname|dns)",
		'client host rejected: cannot find your',
		'client host rejected: (unknown|no reverse)',
		"(helo|ehlo) (command |name |host |hostname |)(rejected|invalid|not|does not|is|refused|mismatch|syntax|required|must|isn't|lookup|or|was)",
		'(invalid|bad|forged|bogus|fake|rejected|unresolvable|wrong) (helo|ehlo)',
		'(forward|reverse) and (forward|reverse) dns',
		"(hostname|host name|ip) (does not|doesn't|do not|not) (match|resolve) (to |)(the |its |your |)(ip|hostname|reverse|forward|address|helo|name)",
		'(fix|check|correct|set up|update|configure|improperly configured|misconfigured) (your |the |)(reverse|rdns|ptr|dns of your)',
		'(dynamic|generic|dial-up|dialup|residential|adsl|dsl) (ip|ips|hostname|host|address|reverse|looking)',
		'(dns|ip) (name|hostname) (is |looks |)(generic|dynamic)',
		"domain name (does not|doesn't) resolve * sending",
		'ip name forged',
		"(don't|do not|not) accept (mail|email|connections) from (dynamic|residential|dial*up|hosts without|generic|ips without)",
		'unresolvable (hostname|client|relay|host name)',
		'all smtp servers must have',
		'dns:(nr|b1|b2)',
	],
};
