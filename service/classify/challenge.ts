import type { Message } from '../messages/message.ts';
import type { Classification } from './classification.ts';
import { PhraseSet, phrasesOf } from './phrases.ts';

/** How challenge-response filters ask whether a person wrote. */
const challenges = new PhraseSet(
	phrasesOf('challenge', [
		'(please |)(confirm|verify) (that you are (a |)(human|person|real)|you are (a |)(human|person|real)|your (message|email|e-mail|email address|mail) to)',
		'(sender (verification|confirmation|challenge)|confirm your message|message (awaiting|requires|needs) (verification|confirmation)|verification required|requires (verification|confirmation) * verify#)',
		'(challenge-response|challenge/response|challenge response|spam arrest|spamarrest|boxbe|tmda|bluebottle|vade retro|mailinblack|cleanmail challenge|qurb|0spam)',
		'(your (message|email|e-mail) (is|has been|was) (being held|held|placed on hold|quarantined|waiting)) * (until|confirm|verify|approve|reply)',
		'(click|follow|visit) * (link|button|below) * (deliver your|release your|so that your|to have your|to allow your|to complete delivery)',
		'(reply to this (message|email|e-mail)) * (deliver*|confirm*|release*|prove)',
		"(to prove (that |)you are|prove that you|i don't recognize your address|not on my (list of|approved|whitelist)|only have to do this once|this is a one-time|one-time (verification|confirmation))",
		'(bestätigen sie|bitte bestätigen) * (absender|nachricht|mensch)',
		'(authentifiez|confirmez) * (votre (message|envoi|adresse)|êtes (un humain|une personne))',
	]),
);

/** Reads a challenge; only of programs, and only with two signs: newsletters ask to confirm, too. */
export function readChallenge(message: Message): Classification | undefined {
	const { headers } = message;
	const isFromProgram =
		/^auto-/i.test(headers.get('Auto-Submitted')?.trim() ?? '') ||
		/^(?:bulk|junk|auto[-_]reply)$/i.test(headers.get('Precedence')?.trim() ?? '') ||
		headers.has('X-Spamarrest-noauth') ||
		headers.has('X-TMDA-Fingerprint') ||
		headers.get('Return-Path')?.trim() === '<>';
	if (!isFromProgram) return undefined;
	// Not before: the text of a mail is read when it is asked for, and most people's mail never is.
	const [found] = challenges.find(`${message.subject}\n${message.text}`, 2_000);
	return (
		found && {
			kind: 'challenge-response',
			verdicts: [],
			decidedBy: `text challenge/${found.phrase.number}`,
		}
	);
}
