import type { ShippedReason } from '../shipped-reason.ts';

export const authenticationFailed: ShippedReason = {
	name: 'authentication-failed',
	label: 'SPF, DKIM or DMARC failed',
	type: 'Spam',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'The mail could not prove that it comes from your domain. Check SPF, DKIM and DMARC of the sending domain at once.',
	says: [
		'(anti-spoofing|antispoofing)',
		'(mi:spf|mi:dma|mi:nha)',

		'(invalid|unauthorized|bad|wrong) (ip|ip address|host|server) (for|address for) sending',

		'(spf|dkim|dmarc|domainkeys|sender id|sender-id|adsp)',
		'(spf|dkim|dmarc) (check |validation |record |policy |alignment |verification |signature |evaluation |test |)(fail*|failed|failure|error|softfail|hardfail|permerror|temperror|reject*|not|did not|is|does|denied|none|missing|invalid|mismatch)',
		"(fails|failed|failing|fail|violat*|not pass|did not pass|doesn't pass|does not pass|no) (the |)(spf|dkim|dmarc|sender policy framework|sender id)",
		'sender policy framework',
		'(openspf|spf.pobox|dmarc.org|open-spf)',
		"(not|isn't|is not|are not|was not|aren't|not been) (an |)(designated|authorized|authorised|permitted|allowed|approved|legitimate) (mailer|mail server|sender|to send (mail |email |messages |)(from|for|on behalf|using)|server|host|ip) * (domain|mail|sender|for)",
		"(ip|server|host|client) * (not|isn't) (authorized|authorised|permitted|allowed) to send (mail|email|messages|e-mail) (from|for|on behalf)",
		'(unauthenticated|unauthentic) (email|mail|e-mail|message|messages|sender|senders)',
		'(email|mail|message|sender|domain|e-mail) (is |was |are |has |)(unauthenticated|not authenticated|failed authentication|authentication failed|lacks authentication|missing authentication)',
		'(authentication|authenticity) (checks|check|requirements|information|results|policy) (fail*|failed|not met|missing|required|did not)',
		'multiple authentication checks failed',
		'(fails|failed) (to pass |)authentication (checks|check|test|requirements|policy)',
		'sender * (unauthenticated|not authenticated)',
		"(message|mail) * (not|doesn't|does not) (pass|meet) * authentication",
		'(rejected|refused|blocked) * (failed|failing) authentication',
		"(does not|doesn't) (designate|permit|authorize) * (as |)(permitted sender|sender|send|host|ip)",
		"(does not|doesn't) authorize",
		'domain owner discourages use of this host',
		'(sender|domain) (owner|policy) * (reject|rejects|discourage*)',
		'(forged|spoofed|spoofing) (sender|mail|message|address|from|header)',
		'arc (validation|seal|set) (failure|failed|invalid)',
		'message is not rfc 5322 dkim',
		'(rfc7372|rfc 7372)',
		'(no valid|valid) (signature|dkim|spf)',
	],
};
