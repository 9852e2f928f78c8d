import { __, _n, sprintf } from '@wordpress/i18n';
import type { DoNotSendEntry } from '../../../service/contract/rule.ts';
import { call } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useUndoing } from '../../hooks/use-undoing.ts';
import { figure } from '../../words/figures.ts';

interface Props {
	entries: readonly DoNotSendEntry[];
	onChanged: () => void;
	onClose: () => void;
}

/** Asks before addresses are taken off the list, does it, and offers to put them back as they were. */
export function RemoveDoNotSend({ entries, onChanged, onClose }: Props) {
	const { offer } = useUndoing(onChanged);
	const [first] = entries;

	async function remove() {
		const emails = entries.map(({ email }) => email);
		const { sentence } = await call('removeDoNotSend', { emails });
		onClose();
		onChanged();
		offer({ sentence, hasChanged: true }, () =>
			call('addDoNotSend', { entries: entries.map(asItWas) }),
		);
	}

	return (
		<Confirm
			title={
				entries.length === 1 && first
					? /* translators: %s: an e-mail address. */
						sprintf(__('Take %s off the list?', 'return-channel'), first.email)
					: sprintf(
							/* translators: %s: number of addresses. */
							_n(
								'Take %s address off the list?',
								'Take %s addresses off the list?',
								entries.length,
								'return-channel',
							),
							figure(entries.length),
						)
			}
			verb={__('Take off the list', 'return-channel')}
			onConfirm={remove}
			onClose={onClose}
		>
			<p>
				{__(
					'Mail is sent there again, unless the address is on hold or its contact is blacklisted.',
					'return-channel',
				)}
			</p>
		</Confirm>
	);
}

/** The longest reason that the service takes. */
const longestNote = 2_000;

function asItWas({ email, because, addedAt, who }: DoNotSendEntry) {
	return { email, note: because.slice(0, longestNote), formerly: { addedAt, who } };
}
