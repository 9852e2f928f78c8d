import type { ShippedReason } from '../shipped-reason.ts';

export const noMailService: ShippedReason = {
	name: 'no-mail-service',
	label: 'Domain takes no mail',
	type: 'Host',
	fault: 'address',
	countsTowardHold: true,
	advice:
		'The domain exists and says that it receives no mail (RFC 7505), or its server refuses all mail.',
	says: [
		"# (does not|doesn't|do not) accept (mail|email|messages|any)",

		'(null|nullmx|empty) mx',
		'nullmx',
		"(domain|host|server|system|site|it) (does not|doesn't|do not|not|never|will not) (accept|receive|handle|process|take) (any |)(mail|email|e-mail|messages)",
		'(host|server|machine|system) (does|do) not (accept|receive) mail',
		"(does not|doesn't) accept mail (from anyone|at all|for any)",
		'(mx or srv record|mx record|srv record) indicated no smtp service',
		'no smtp service',
		'(no mail|mail service|smtp service|email service) (is |)(not |)(accepted|offered|provided|available) (here|for this domain|on this host|at this)',
		'(server|host|domain) (not|is not) accept* (mail|email|messages)',
		"(not|doesn't) (accepting|accept) (network |any |inbound |)(mail|messages|email) * (host|domain|system|server)",
		'(no longer|not) (accepts|accepting|accept) mail for (this|the|that) domain',
		'smtp (is |protocol is |protocol |service |)(returned |)(a |)(permanent error|disabled|not available|not supported) * (host|here|server)',
		'smtp protocol returned a permanent error',
		'invalid mx',
		'recipient domain has * null mx',
		'host/domain does not accept mail',
	],
};
