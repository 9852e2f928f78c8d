import { __ } from '@wordpress/i18n';
import type { ImportPreview, ImportState, ImportTarget } from '../../service/contract/contact.ts';

export function importTargetLabel(target: ImportTarget): string {
	const labels: Record<ImportTarget, string> = {
		skip: __('Leave out', 'return-channel'),
		email: __('E-mail address', 'return-channel'),
		email2: __('Second e-mail address', 'return-channel'),
		email3: __('Third e-mail address', 'return-channel'),
		fullName: __('Full name', 'return-channel'),
		firstName: __('First name', 'return-channel'),
		lastName: __('Last name', 'return-channel'),
		name: __('Name of an organization', 'return-channel'),
		employer: __('Works at', 'return-channel'),
		kind: __('Kind', 'return-channel'),
		status: __('Status', 'return-channel'),
		note: __('Note', 'return-channel'),
		group: __('Group', 'return-channel'),
		isOptedOut: __('Opted out of mailings', 'return-channel'),
		doNotEmail: __('Do not e-mail', 'return-channel'),
	};
	return labels[target];
}

export function importStateLabel(state: ImportState): string {
	const labels: Record<ImportState, string> = {
		uploading: __('Not uploaded completely', 'return-channel'),
		ready: __('Waits for you', 'return-channel'),
		running: __('Running', 'return-channel'),
		done: __('Done', 'return-channel'),
		failed: __('Broke off', 'return-channel'),
		undone: __('Undone', 'return-channel'),
	};
	return labels[state];
}

/** What becomes of a row. */
export type Becoming = keyof ImportPreview['counts'];

export function becomingLabel(becoming: Becoming): string {
	const labels: Record<Becoming, string> = {
		added: __('Added', 'return-channel'),
		changed: __('Changed', 'return-channel'),
		skipped: __('Left as it is', 'return-channel'),
		failed: __('Can’t be imported', 'return-channel'),
	};
	return labels[becoming];
}
