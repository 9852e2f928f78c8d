import type { ShippedReason } from '../shipped-reason.ts';

export const authenticationRequired: ShippedReason = {
	name: 'authentication-required',
	label: 'Login or security refused',
	type: 'Host',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'A server wants a login or another kind of security from your sending server. Check the account it sends with.',
	says: [
		'(smtp auth|smtp authentication|authentication|auth|authorization|login|log in|credentials) (is |are |was |) (required|needed|necessary|failed|failure|not enabled|not supported|credentials invalid|invalid|unsuccessful|rejected|error|mechanism|too weak|turned on|disabled|unavailable)',
		'(must|need to|have to|please|should|requires|require) (first |be |you |)(authenticate|authenticated|log in|login|smtp auth|check your mail before|pop before|use authentication|authentication)',
		'(must issue|not authenticated|unauthenticated connection|unauthenticated session|not logged in|auth first|authenticate first|bad username or password|username and password not accepted|invalid credentials|password expired|application-specific password|please log in|web login required)',
		'(encryption|cipher|security) (needed|required|failure|features|mechanism|context|association)',
		'(cryptographic|message integrity|security features) (failure|algorithm|not supported)',
		'(smtp authentication is required|client was not authenticated|client not authenticated)',
		'(pop before smtp|smtp after pop|pop-before-smtp)',
		'(certificate|cert) * (expired|not trusted|revoked|verify failed|invalid)',
		'tenantattribution',
	],
};
