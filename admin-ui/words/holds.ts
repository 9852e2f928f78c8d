import { __ } from '@wordpress/i18n';
import type { HoldKind } from '../../service/contract/address.ts';

export function holdLabel(hold: HoldKind): string {
	const labels: Record<HoldKind, string> = {
		bounce: __('On hold (bounce)', 'return-channel'),
		'opt-out': __('On hold (opt-out)', 'return-channel'),
		manual: __('On hold (by hand)', 'return-channel'),
	};
	return labels[hold];
}
