import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { usePatient } from '../hooks/use-patient.ts';
import type { View } from '../hooks/use-view.ts';
import { narrowedBy } from '../view-state.ts';
import { ChoiceField, TextField } from './fields.tsx';
import { FilterBar } from './filter-bar.tsx';
import { SetByLink } from './set-by-link.tsx';

/** Search and filters of a list, written into the URL. The fields inside are those below: each narrows the list by one value. */
export function ListFilters({
	view,
	searchLabel,
	set,
	onReset,
	children,
}: {
	view: View<'s' | 'paged'>;
	searchLabel: string;
	/** The values of the filters, "" for those that are not set; the search is none of them. */
	set?: readonly string[];
	onReset: () => void;
	children?: ReactNode;
}) {
	return (
		<FilterBar
			searchLabel={searchLabel}
			search={view.values.s}
			onSearch={(s) => view.change(narrowedBy('s', s), 'replace')}
			active={set?.filter(Boolean).length}
			onReset={onReset}
		>
			{children}
		</FilterBar>
	);
}

interface Props<Key extends string> {
	view: View<Key | 'paged'>;
	/** Its name in the URL. */
	name: Key;
	label: string;
}

/** One of several values, or all. */
export function ChoiceFilter<Key extends string>({
	view,
	name,
	label,
	options,
}: Props<Key> & { options: readonly { value: string; label: string }[] }) {
	return (
		<ChoiceField
			label={label}
			value={view.values[name]}
			options={[{ value: '', label: __('All', 'return-channel') }, ...options]}
			onChange={(value) => view.change(narrowedBy(name, value))}
		/>
	);
}

/** Words that the list is narrowed by when the typing pauses. */
export function TextFilter<Key extends string>({
	view,
	name,
	label,
	placeholder,
	maxLength,
}: Props<Key> & { placeholder?: string; maxLength?: number }) {
	const [typed, setTyped] = usePatient(view.values[name], (value) =>
		view.change(narrowedBy(name, value), 'replace'),
	);
	return (
		<TextField
			label={label}
			placeholder={placeholder}
			maxLength={maxLength}
			value={typed}
			onChange={setTyped}
		/>
	);
}

/** From one day until another, both included. */
export function DateFilters({
	view,
	fromLabel = __('From', 'return-channel'),
	untilLabel = __('Until', 'return-channel'),
}: {
	view: View<'from' | 'until' | 'paged'>;
	fromLabel?: string;
	untilLabel?: string;
}) {
	const { values, change } = view;
	return (
		<>
			<TextField
				type="date"
				label={fromLabel}
				value={values.from}
				onChange={(value) => change(narrowedBy('from', value))}
			/>
			<TextField
				type="date"
				label={untilLabel}
				value={values.until}
				onChange={(value) => change(narrowedBy('until', value))}
			/>
		</>
	);
}

/** What a link in the list has narrowed it by, to be taken away again. */
export function LinkFilter<Key extends string>({
	view,
	name,
	label,
	inWords,
}: Props<Key> & {
	/** What people call the value in the URL; without it, the value itself is shown. */
	inWords?: string;
}) {
	const value = view.values[name];
	return (
		<SetByLink
			name={label}
			value={value && (inWords ?? value)}
			onRemove={() => view.change(narrowedBy(name, ''))}
		/>
	);
}
