import { __, sprintf } from '@wordpress/i18n';
import { contactStatuses, holdKinds } from '../../service/contract/address.ts';
import { contactKinds, searchFields } from '../../service/contract/contact.ts';
import type {
	AddressPlace,
	Condition,
	SearchField,
	SearchFieldKind,
	SearchOperator,
} from '../../service/contract/contact.ts';
import { oneOf } from '../view-state.ts';
import { kindLabel, statusLabel } from './contacts.ts';
import { holdLabel } from './holds.ts';

type Comparison = Extract<Condition, { field: SearchField }>;

export function searchFieldLabel(field: SearchField): string {
	const labels: Record<SearchField, string> = {
		name: __('Name', 'return-channel'),
		firstName: __('First name', 'return-channel'),
		lastName: __('Last name', 'return-channel'),
		employer: __('Works at', 'return-channel'),
		note: __('Note', 'return-channel'),
		kind: __('Kind', 'return-channel'),
		status: __('Status', 'return-channel'),
		group: __('Group', 'return-channel'),
		isUser: __('WordPress user', 'return-channel'),
		doNotEmail: __('Do not e-mail', 'return-channel'),
		isOptedOut: __('Opted out of mailings', 'return-channel'),
		isDeceased: __('Deceased', 'return-channel'),
		createdAt: __('Added on', 'return-channel'),
		email: __('E-mail address', 'return-channel'),
		domain: __('Domain', 'return-channel'),
		onHold: __('On Hold', 'return-channel'),
		hold: __('Kind of hold', 'return-channel'),
		holdType: __('Bounce type of the hold', 'return-channel'),
		heldSince: __('On hold since', 'return-channel'),
		lastMailAt: __('Last filed mail', 'return-channel'),
		mails: __('Number of filed mails', 'return-channel'),
		bounces: __('Number of bounces', 'return-channel'),
	};
	return labels[field];
}

export function addressPlaceLabel(place: AddressPlace): string {
	const labels: Record<AddressPlace, string> = {
		primary: __('Primary', 'return-channel'),
		any: __('Any address', 'return-channel'),
		bulk: __('Bulk', 'return-channel'),
	};
	return labels[place];
}

/** As it reads between a field of this kind and a value: dates are before and after, numbers less and more. */
export function operatorLabel(operator: SearchOperator, kind: SearchFieldKind): string {
	if (operator === '=') return kind === 'yes-no' ? '=' : __('is', 'return-channel');
	if (operator === '<')
		return kind === 'date'
			? __('is before', 'return-channel')
			: __('is less than', 'return-channel');
	if (operator === '>')
		return kind === 'date'
			? __('is after', 'return-channel')
			: __('is more than', 'return-channel');
	const labels: Record<Exclude<SearchOperator, '=' | '<' | '>'>, string> = {
		'!=': __('is not', 'return-channel'),
		contains: __('contains', 'return-channel'),
		starts: __('starts with', 'return-channel'),
		ends: __('ends with', 'return-channel'),
		empty: __('is empty', 'return-channel'),
		'not-empty': __('is not empty', 'return-channel'),
	};
	return labels[operator];
}

/** `value` as people say it: "yes" → "Yes", "bounce" → "On hold (bounce)", a group's number → its name. */
export function valueLabel(
	kind: SearchFieldKind,
	value: string,
	groups: ReadonlyMap<number, string>,
): string {
	if (kind === 'yes-no')
		return value === 'yes' ? __('Yes', 'return-channel') : __('No', 'return-channel');
	if (kind === 'group') return groups.get(Number(value)) ?? value;
	const known = {
		kind: oneOf(contactKinds, value),
		status: oneOf(contactStatuses, value),
		hold: oneOf(holdKinds, value),
	};
	if (kind === 'kind' && known.kind) return kindLabel(known.kind);
	if (kind === 'status' && known.status) return statusLabel(known.status);
	if (kind === 'hold' && known.hold) return holdLabel(known.hold);
	return value;
}

/** A search in words: "Contacts where On Hold (Primary) = Yes and (Domain (Any address) is “a.example” or …)." `groups` names
 *  groups by their number. */
export function searchInWords(search: Condition, groups: ReadonlyMap<number, string>): string {
	/* translators: %s: what is asked for, such as “Name contains Berg”. */
	return sprintf(__('Contacts where %s.', 'return-channel'), inWords(search, groups));
}

function inWords(search: Condition, groups: ReadonlyMap<number, string>): string {
	if ('field' in search) return comparisonInWords(search, groups);
	const [parts, joined] =
		'all' in search
			? /* translators: 1 and 2: what is asked for. */
				[search.all, __('%1$s and %2$s', 'return-channel')]
			: /* translators: 1 and 2: what is asked for. */
				[search.any, __('%1$s or %2$s', 'return-channel')];
	return parts
		.map((part) => (isOneComparison(part) ? inWords(part, groups) : `(${inWords(part, groups)})`))
		.reduce((before, next) => sprintf(joined, before, next));
}

/** Reads well without brackets around it. */
function isOneComparison(search: Condition): boolean {
	if ('field' in search) return true;
	const parts = 'all' in search ? search.all : search.any;
	return parts.length === 1 && isOneComparison(parts[0]!);
}

function comparisonInWords(
	{ field, place = 'primary', operator, value = '' }: Comparison,
	groups: ReadonlyMap<number, string>,
): string {
	const { of, kind } = searchFields[field];
	const name =
		of === 'address'
			? `${searchFieldLabel(field)} (${addressPlaceLabel(place)})`
			: searchFieldLabel(field);
	const compared = `${name} ${operatorLabel(operator, kind)}`;
	if (operator === 'empty' || operator === 'not-empty') return compared;
	const words = valueLabel(kind, value, groups);
	return kind === 'text' ? `${compared} “${words}”` : `${compared} ${words}`;
}
