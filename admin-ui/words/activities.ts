import { __, _n, sprintf } from '@wordpress/i18n';
import type {
	ActivityStatus,
	FilingOptions,
	PartyPlace,
	PartyRole,
} from '../../service/contract/activity.ts';
import { figure } from './figures.ts';

export function statusLabel(status: ActivityStatus): string {
	const labels: Record<ActivityStatus, string> = {
		completed: __('Completed', 'return-channel'),
		open: __('Open', 'return-channel'),
		cancelled: __('Cancelled', 'return-channel'),
	};
	return labels[status];
}

/** The list of addresses somebody stood in, as mail programs call it. */
export function placeLabel(place: PartyPlace): string {
	const labels: Record<PartyPlace, string> = {
		from: __('From', 'return-channel'),
		to: __('To', 'return-channel'),
		cc: __('Cc', 'return-channel'),
		bcc: __('Bcc', 'return-channel'),
	};
	return labels[place];
}

/** What somebody is to a filed mail. */
export function roleLabel(role: PartyRole | 'none'): string {
	const labels: Record<PartyRole | 'none', string> = {
		source: __('Source (added by)', 'return-channel'),
		target: __('Target (with)', 'return-channel'),
		assignee: __('Assignee (assigned to)', 'return-channel'),
		none: __('Not filed with them', 'return-channel'),
	};
	return labels[role];
}

export function creationLabel(policy: FilingOptions['createContacts']): string {
	const labels: Record<FilingOptions['createContacts'], string> = {
		always: __('Add a contact for every unknown address', 'return-channel'),
		'if-somebody-known': __(
			'Add contacts only if somebody in the mail is known already',
			'return-channel',
		),
		never: __('Never add contacts', 'return-channel'),
	};
	return labels[policy];
}

/** What becomes of a mail whose people are unknown, by the policy of its account. */
export function creationExplained(policy: FilingOptions['createContacts']): string {
	const sentences: Record<FilingOptions['createContacts'], string> = {
		always: __(
			'Nobody gets lost: each address in From, To, Cc and Bcc becomes an Individual if no Individual has it.',
			'return-channel',
		),
		'if-somebody-known': __(
			'A mail among strangers is ignored; the colleagues of somebody you know are added.',
			'return-channel',
		),
		never: __(
			'The mail is filed with those you know. If nobody in it is known, it is ignored.',
			'return-channel',
		),
	};
	return sentences[policy];
}

export function organizationsLabel(choice: FilingOptions['organizations']): string {
	const labels: Record<FilingOptions['organizations'], string> = {
		'new-individual': __('Add an Individual with the same address', 'return-channel'),
		'use-organization': __('File with the organization itself', 'return-channel'),
	};
	return labels[choice];
}

export function forwardedLabel(choice: FilingOptions['forwarded']): string {
	const labels: Record<FilingOptions['forwarded'], string> = {
		'as-it-is': __('With whoever forwarded it, and to whom', 'return-channel'),
		'inner-people': __('With the people of the mail inside', 'return-channel'),
	};
	return labels[choice];
}

/** "3 attachments". */
export function attachmentCount(count: number): string {
	return sprintf(
		/* translators: %s: number of attachments. */
		_n('%s attachment', '%s attachments', count, 'return-channel'),
		figure(count),
	);
}

/** "312 filed mails". */
export function mailCount(count: number): string {
	return sprintf(
		/* translators: %s: number of filed mails. */
		_n('%s filed mail', '%s filed mails', count, 'return-channel'),
		figure(count),
	);
}

/** A mail's subject, or words for none. */
export function subjectOf({ subject }: { subject: string }): string {
	return subject.trim() || __('(no subject)', 'return-channel');
}

/** Two subjects differ in nothing but the "Re:", "AW:", "Fwd:" that mail programs put before them. */
export function isSameTopic(one: { subject: string }, other: { subject: string }): boolean {
	return topicOf(one) === topicOf(other);
}

function topicOf({ subject }: { subject: string }): string {
	return subject
		.replace(/^(?:\s*\p{L}{1,4}(?:\[\d+\])?\s*[:：])+\s*/u, '')
		.trim()
		.toLowerCase();
}
