import type { ShippedReason } from '../shipped-reason.ts';
import { authenticationFailed } from './authentication-failed.ts';
import { authenticationRequired } from './authentication-required.ts';
import { badReputation } from './bad-reputation.ts';
import { blocklisted } from './blocklisted.ts';
import { commandSyntax } from './command-syntax.ts';
import { complaint } from './complaint.ts';
import { contentRefused } from './content-refused.ts';
import { greylisted } from './greylisted.ts';
import { hostUnknown } from './host-unknown.ts';
import { loop } from './loop.ts';
import { mailboxDisabled } from './mailbox-disabled.ts';
import { mailboxFull } from './mailbox-full.ts';
import { mailerError } from './mailer-error.ts';
import { messageMalformed } from './message-malformed.ts';
import { messageTooBig } from './message-too-big.ts';
import { moved } from './moved.ts';
import { networkTrouble } from './network-trouble.ts';
import { noMailService } from './no-mail-service.ts';
import { notAnswering } from './not-answering.ts';
import { notRecognised } from './not-recognised.ts';
import { personLeft } from './person-left.ts';
import { policy } from './policy.ts';
import { rateLimited } from './rate-limited.ts';
import { recipientRefused } from './recipient-refused.ts';
import { relayingDenied } from './relaying-denied.ts';
import { restrictedRecipient } from './restricted-recipient.ts';
import { reverseDnsMissing } from './reverse-dns-missing.ts';
import { senderRejected } from './sender-rejected.ts';
import { serverFull } from './server-full.ts';
import { serverTrouble } from './server-trouble.ts';
import { spamContent } from './spam-content.ts';
import { suppressed } from './suppressed.ts';
import { tlsFailed } from './tls-failed.ts';
import { tooManyConnections } from './too-many-connections.ts';
import { userUnknown } from './user-unknown.ts';
import { vacation } from './vacation.ts';
import { virus } from './virus.ts';

/** Everything a bounce can mean. The order decides when a diagnostic holds phrases of several: what is said about us
 *  comes before what is said about the recipient, because a wrong hold costs more than a missed one, and a precise
 *  cause before a general one. */
export const shippedReasons: readonly ShippedReason[] = [
	suppressed,
	virus,
	authenticationFailed,
	reverseDnsMissing,
	badReputation,
	restrictedRecipient,
	senderRejected,
	blocklisted,
	rateLimited,
	tooManyConnections,
	mailboxFull,
	greylisted,
	spamContent,
	moved,
	noMailService,
	tlsFailed,
	authenticationRequired,
	relayingDenied,
	messageTooBig,
	hostUnknown,
	userUnknown,
	mailboxDisabled,
	loop,
	serverFull,
	messageMalformed,
	contentRefused,
	commandSyntax,
	mailerError,
	policy,
	recipientRefused,
	networkTrouble,
	notAnswering,
	serverTrouble,
	vacation,
	personLeft,
	complaint,
	notRecognised,
];
