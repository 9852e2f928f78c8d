import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { AddressOnHold } from '../../../service/contract/address.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useRelease } from '../../hooks/use-release.ts';
import { figure } from '../../words/figures.ts';
import { holdFilter, optOutsIn } from './hold-view.ts';
import type { HoldValues } from './hold-view.ts';

/** What is ticked: some rows of this page, or all that match. */
export interface Chosen {
	ids: ReadonlySet<number>;
	isAll: boolean;
}

interface BarProps {
	chosen: Chosen;
	rows: AddressOnHold[];
	total: number;
	onChange: (chosen: Chosen) => void;
	onRelease: () => void;
}

/** Says how many are selected, offers all that match, and the release. Always there, so that nothing jumps. */
export function ReleaseBar({ chosen, rows, total, onChange, onRelease }: BarProps) {
	const count = chosen.isAll ? total : chosen.ids.size;
	const canTakeAll = !chosen.isAll && chosen.ids.size > 0 && total > rows.length;
	return (
		<div className="rc-bulk">
			<Button
				variant={count > 0 ? 'primary' : 'secondary'}
				size="compact"
				disabled={count === 0}
				accessibleWhenDisabled
				onClick={onRelease}
			>
				{__('Release selected', 'return-channel')}
			</Button>
			<span role="status">
				{count > 0
					? sprintf(
							/* translators: %s: number of addresses. */
							_n('%s address is selected.', '%s addresses are selected.', count, 'return-channel'),
							figure(count),
						)
					: __('No address is selected.', 'return-channel')}
			</span>
			{canTakeAll && (
				<Button variant="link" onClick={() => onChange({ ids: new Set(chosen.ids), isAll: true })}>
					{sprintf(
						/* translators: %s: number of addresses. */
						_n('Select all %s that matches', 'Select all %s that match', total, 'return-channel'),
						figure(total),
					)}
				</Button>
			)}
			{count > 0 && (
				<Button variant="link" onClick={() => onChange({ ids: new Set(), isAll: false })}>
					{__('Select none', 'return-channel')}
				</Button>
			)}
		</div>
	);
}

interface QuestionProps {
	chosen: Chosen;
	total: number;
	values: HoldValues;
	onReleased: () => void;
	onClose: () => void;
}

/** Asks before the release and says how many it concerns. */
export function ReleaseQuestion({ chosen, total, values, onReleased, onClose }: QuestionProps) {
	const release = useRelease(onReleased);
	const optOuts = useCall('listAddressesOnHold', chosen.isAll ? optOutsIn(values) : undefined);
	const staying = optOuts.data?.total ?? 0;
	const count = chosen.isAll ? total - staying : chosen.ids.size;

	async function confirm() {
		await release(chosen.isAll ? { filter: holdFilter(values) } : { addressIds: [...chosen.ids] });
		onClose();
	}

	return (
		<Confirm
			title={sprintf(
				/* translators: %s: number of addresses. */
				_n('Release %s address?', 'Release %s addresses?', count, 'return-channel'),
				figure(count),
			)}
			verb={__('Release', 'return-channel')}
			onConfirm={confirm}
			onClose={onClose}
		>
			<p>
				{_n(
					'It gets mail again, and its bounces are counted from zero.',
					'They get mail again, and their bounces are counted from zero.',
					count,
					'return-channel',
				)}
			</p>
			{staying > 0 && (
				<p>
					{sprintf(
						/* translators: %s: number of addresses. */
						_n(
							'%s address stays on hold, because its owner opted out.',
							'%s addresses stay on hold, because their owners opted out.',
							staying,
							'return-channel',
						),
						figure(staying),
					)}
				</p>
			)}
			<p>{__('You can undo this afterwards.', 'return-channel')}</p>
		</Confirm>
	);
}
