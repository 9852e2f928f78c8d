import { Button } from '@wordpress/components';
import { useEffect, useRef } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { TextField, TickField } from '../../../components/fields.tsx';
import { withAddress, withNewAddress, withoutAddress } from './contact-draft.ts';
import type { AddressDraft } from './contact-draft.ts';

interface Props {
	addresses: AddressDraft[];
	/** What is wrong with each of them. */
	problems: (string | undefined)[];
	onChange: (addresses: AddressDraft[]) => void;
}

const mostAddresses = 50;

/** The addresses of a contact: which one is written to, and which one gets mailings instead. */
export function AddressFields({ addresses, problems, onChange }: Props) {
	const add = useRef<HTMLButtonElement>(null);
	const list = useRef<HTMLDivElement>(null);
	const isAdding = useRef(false);

	useEffect(() => {
		if (!isAdding.current) return;
		isAdding.current = false;
		[...(list.current?.querySelectorAll<HTMLElement>('input[type="email"]') ?? [])].at(-1)?.focus();
	}, [addresses.length]);

	return (
		<div ref={list} className="rc-address-rows">
			{addresses.map((address, index) => (
				<AddressRow
					key={address.key}
					address={address}
					number={index + 1}
					problem={problems[index]}
					onChange={(change) => onChange(withAddress(addresses, address.key, change))}
					onRemove={() => {
						onChange(withoutAddress(addresses, address.key));
						add.current?.focus();
					}}
				/>
			))}
			{addresses.length === 0 && (
				<p>{__('No address: nothing can be sent to this contact.', 'return-channel')}</p>
			)}
			<div>
				<Button
					ref={add}
					variant="secondary"
					__next40pxDefaultSize
					disabled={addresses.length >= mostAddresses}
					accessibleWhenDisabled
					onClick={() => {
						isAdding.current = true;
						onChange(withNewAddress(addresses));
					}}
				>
					{__('Add an address', 'return-channel')}
				</Button>
			</div>
		</div>
	);
}

interface RowProps {
	address: AddressDraft;
	/** Counted from 1. */
	number: number;
	problem: string | undefined;
	onChange: (change: Partial<AddressDraft>) => void;
	onRemove: () => void;
}

function AddressRow({ address, number, problem, onChange, onRemove }: RowProps) {
	/* translators: %d: which of a contact's addresses, counted from 1. */
	const label = sprintf(__('Address %d', 'return-channel'), number);
	return (
		<div className="rc-address-row" role="group" aria-label={label}>
			<TextField
				type="email"
				label={__('E-mail address', 'return-channel')}
				autoComplete="off"
				maxLength={320}
				value={address.email}
				problem={problem}
				onChange={(email) => onChange({ email })}
			/>
			<label className="rc-radio">
				<input
					type="radio"
					name="rc-primary-address"
					checked={address.isPrimary}
					onChange={() => onChange({ isPrimary: true })}
				/>
				{__('Primary', 'return-channel')}
			</label>
			<TickField
				label={__('Bulk', 'return-channel')}
				value={address.isBulk}
				onChange={(isBulk) => onChange({ isBulk })}
			/>
			<Button
				variant="tertiary"
				isDestructive
				onClick={onRemove}
				aria-label={`${__('Remove', 'return-channel')} ${address.email || label}`}
			>
				{__('Remove', 'return-channel')}
			</Button>
		</div>
	);
}
