import { __, _n, sprintf } from '@wordpress/i18n';
import type { HoldKind } from '../../service/contract/address.ts';
import { figure } from './figures.ts';

export function holdLabel(hold: HoldKind): string {
	const labels: Record<HoldKind, string> = {
		bounce: __('On hold (bounce)', 'return-channel'),
		'opt-out': __('On hold (opt-out)', 'return-channel'),
		manual: __('On hold (by hand)', 'return-channel'),
	};
	return labels[hold];
}

/** "3 addresses". */
export function addressCount(count: number): string {
	return sprintf(
		/* translators: %s: number of addresses. */
		_n('%s address', '%s addresses', count, 'return-channel'),
		figure(count),
	);
}
