import { useView } from '../hooks/use-view.ts';
import { idIn } from '../view-state.ts';
import { AddressPanel } from './address-panel.tsx';
import { BouncePanel } from './bounce-panel.tsx';

const panelKeys = ['bounce', 'address'] as const;

/** The panels that every list can open, kept in the URL: an address on top of the bounce it was opened from. */
export function Panels({ onChanged }: { onChanged: () => void }) {
	const { values, change } = useView(panelKeys);
	const addressId = idIn(values.address);
	const bounceId = idIn(values.bounce);

	if (addressId) {
		return (
			<AddressPanel
				key={addressId}
				addressId={addressId}
				onShowBounce={(id) => change({ bounce: String(id), address: '' })}
				onChanged={onChanged}
				onClose={() => change({ address: '' })}
			/>
		);
	}
	if (bounceId) {
		return (
			<BouncePanel
				key={bounceId}
				bounceId={bounceId}
				onShowAddress={(id) => change({ address: String(id) })}
				onChanged={onChanged}
				onClose={() => change({ bounce: '' })}
			/>
		);
	}
	return null;
}
