import { Button, SearchControl } from '@wordpress/components';
import { useId, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { usePatient } from '../hooks/use-patient.ts';
import { figure } from '../words/figures.ts';

interface Props {
	searchLabel: string;
	search: string;
	onSearch: (search: string) => void;
	/** How many filters are set, beside the search. */
	active?: number;
	onReset: () => void;
	/** The filters' fields; without them there is only the search. */
	children?: ReactNode;
}

/** Search field, a button that unfolds the filters, and one that takes them all away. */
export function FilterBar({ searchLabel, search, onSearch, active = 0, onReset, children }: Props) {
	const [isOpen, setIsOpen] = useState(active > 0);
	const fieldsId = useId();
	return (
		<div className="rc-filters" role="search" aria-label={searchLabel}>
			<div className="rc-filters-line">
				<PatientSearch label={searchLabel} value={search} onChange={onSearch} />
				{children && (
					<Button
						variant="secondary"
						__next40pxDefaultSize
						aria-expanded={isOpen}
						aria-controls={fieldsId}
						onClick={() => setIsOpen(!isOpen)}
					>
						{active
							? sprintf(
									/* translators: %s: number of filters that are set. */
									_n('%s filter', '%s filters', active, 'return-channel'),
									figure(active),
								)
							: __('Filters', 'return-channel')}
					</Button>
				)}
				{(active > 0 || search !== '') && (
					<Button variant="tertiary" __next40pxDefaultSize onClick={onReset}>
						{__('Show all', 'return-channel')}
					</Button>
				)}
			</div>
			{children && (
				<div id={fieldsId} hidden={!isOpen} className="rc-filters-fields">
					{children}
				</div>
			)}
		</div>
	);
}

/** Searches when the typing pauses. */
function PatientSearch({
	label,
	value,
	onChange,
}: {
	label: string;
	value: string;
	onChange: (value: string) => void;
}) {
	const [typed, setTyped] = usePatient(value, onChange);
	return (
		<SearchControl
			__nextHasNoMarginBottom
			label={label}
			placeholder={label}
			value={typed}
			onChange={setTyped}
		/>
	);
}
