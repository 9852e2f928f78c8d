import { __ } from '@wordpress/i18n';
import type { ContactStatus } from '../../service/contract/address.ts';
import { contactKinds } from '../../service/contract/contact.ts';
import type { ContactFields, ContactKind, StoryPart } from '../../service/contract/contact.ts';
import { oneOf } from '../view-state.ts';

export function kindLabel(kind: ContactKind): string {
	const labels: Record<ContactKind, string> = {
		Individual: __('Person', 'return-channel'),
		Organization: __('Organization', 'return-channel'),
		Household: __('Household', 'return-channel'),
	};
	return labels[kind];
}

/** For a filter that finds all of a kind. */
export function kindsLabel(kind: ContactKind): string {
	const labels: Record<ContactKind, string> = {
		Individual: __('People', 'return-channel'),
		Organization: __('Organizations', 'return-channel'),
		Household: __('Households', 'return-channel'),
	};
	return labels[kind];
}

export function statusLabel(status: ContactStatus): string {
	const labels: Record<ContactStatus, string> = {
		confirmed: __('Confirmed', 'return-channel'),
		unconfirmed: __('Unconfirmed', 'return-channel'),
		blacklisted: __('Blacklisted', 'return-channel'),
	};
	return labels[status];
}

export function statusExplained(status: ContactStatus): string {
	const sentences: Record<ContactStatus, string> = {
		confirmed: __('Gets mail.', 'return-channel'),
		unconfirmed: __('Gets mail again after confirming anew.', 'return-channel'),
		blacklisted: __('Gets no mail at any address.', 'return-channel'),
	};
	return sentences[status];
}

export function contactFieldLabel(field: keyof ContactFields): string {
	const labels: Record<keyof ContactFields, string> = {
		kind: __('Kind', 'return-channel'),
		firstName: __('First name', 'return-channel'),
		lastName: __('Last name', 'return-channel'),
		name: __('Name', 'return-channel'),
		employer: __('Works at', 'return-channel'),
		status: __('Status', 'return-channel'),
		doNotEmail: __('Do not e-mail', 'return-channel'),
		isOptedOut: __('Opted out of mailings', 'return-channel'),
		isDeceased: __('Deceased', 'return-channel'),
		note: __('Note', 'return-channel'),
	};
	return labels[field];
}

export function storyPartLabel(part: StoryPart): string {
	const labels: Record<StoryPart, string> = {
		mail: __('Mail', 'return-channel'),
		bounces: __('Bounces', 'return-channel'),
		holds: __('Holds and releases', 'return-channel'),
		changes: __('Changes', 'return-channel'),
	};
	return labels[part];
}

/** A field's value as people say it: "Individual" → "Person". */
export function fieldValueLabel(field: keyof ContactFields, value: string): string {
	const kind = field === 'kind' ? oneOf(contactKinds, value) : undefined;
	return kind ? kindLabel(kind) : value;
}
