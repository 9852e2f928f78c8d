import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { ContactAddress, ContactRecord } from '../../../../service/contract/contact.ts';
import { Badge, HoldBadge, TypeBadge } from '../../../components/badge.tsx';
import { When } from '../../../components/when.tsx';
import { useView } from '../../../hooks/use-view.ts';
import { AddressDeeds } from '../../../panels/address-deeds.tsx';
import { theScreen } from '../../../screen.ts';
import { figure } from '../../../words/figures.ts';

interface Props {
	contact: ContactRecord;
	onChanged: () => void;
}

/** The addresses of a contact, each with its hold and the way out of it. */
export function RecordAddresses({ contact, onChanged }: Props) {
	return (
		<section className="rc-card">
			<h3>{__('E-mail addresses', 'return-channel')}</h3>
			{contact.addresses.length === 0 && (
				<p>{__('No address: nothing can be sent to this contact.', 'return-channel')}</p>
			)}
			<ul className="rc-addresses">
				{contact.addresses.map((address) => (
					<li key={address.id}>
						<Address
							address={address}
							canChange={theScreen().canManage && !contact.deletedAt && contact.mergedInto === null}
							onChanged={onChanged}
						/>
					</li>
				))}
			</ul>
		</section>
	);
}

const panelKeys = ['address'] as const;

function Address({
	address,
	canChange,
	onChanged,
}: {
	address: ContactAddress;
	canChange: boolean;
	onChanged: () => void;
}) {
	const panel = useView(panelKeys);
	const { id, email, isPrimary, isBulk, hold, heldSince, holdType, holdBecause, bounces } = address;
	return (
		<>
			<p className="rc-badges">
				<strong className="rc-email">{email}</strong>
				{isPrimary && <Badge tone="info">{__('Primary', 'return-channel')}</Badge>}
				{isBulk && <Badge>{__('Bulk', 'return-channel')}</Badge>}
				{hold && <HoldBadge hold={hold} />}
				{holdType && <TypeBadge type={holdType} />}
			</p>
			{hold && (
				<p className="rc-because">
					{heldSince && <When at={heldSince} />}
					{holdBecause && ` – ${holdBecause}`}
				</p>
			)}
			<div className="rc-buttons">
				{canChange && (
					<AddressDeeds isCompact address={{ addressId: id, email, hold }} onChanged={onChanged} />
				)}
				<Button
					variant="secondary"
					size="compact"
					onClick={() => panel.change({ address: String(id) })}
					aria-label={`${__('History', 'return-channel')} ${email}`}
				>
					{__('History', 'return-channel')}
				</Button>
				{bounces > 0 && (
					<span className="rc-quiet">
						{sprintf(
							/* translators: %s: number of bounces. */
							_n('%s bounce', '%s bounces', bounces, 'return-channel'),
							figure(bounces),
						)}
					</span>
				)}
			</div>
		</>
	);
}
