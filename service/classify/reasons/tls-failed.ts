import type { ShippedReason } from '../shipped-reason.ts';

export const tlsFailed: ShippedReason = {
	name: 'tls-failed',
	label: 'Encryption failed',
	type: 'Relay',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'The two servers found no common encryption (TLS). Your mail administrator should look at it.',
	says: [
		'(starttls|tls|ssl) (is |was |connection |handshake |session |negotiation |must |command |version |required|certificate |encryption |protocol |) * (required|failed|failure|error|not available|unavailable|not supported|not offered|needed|mandatory|could not|cannot|must|problem|first|expired|not trusted|untrusted|mismatch|invalid)',
		'(must issue a starttls|requires tls|require tls|tls required|tls is required|tls currently unavailable|starttls|requiretls|mta-sts|mta sts|dane|tlsa)',
		"(cannot|can't|could not|unable to|failed to) (start|negotiate|establish|verify) (a |)(tls|ssl|secure|encrypted|server certificate)",
		'(server certificate|certificate) (not trusted|not verified|verification failed|has expired|expired|does not match|verify failed)',
		'encryption required for requested',
	],
};
