import { __ } from '@wordpress/i18n';
import type { ImportOptions } from '../../../../service/contract/contact.ts';
import { ChoiceField, TickField } from '../../../components/fields.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import { idIn } from '../../../view-state.ts';

/** What happens to people who are known already, and which group the imported ones join. */
export function ImportOptionFields({
	options,
	onChange,
}: {
	options: ImportOptions;
	onChange: (change: Partial<ImportOptions>) => void;
}) {
	const { data } = useCall('listGroups', {});
	return (
		<>
			<ChoiceField
				label={__('When an address is known already', 'return-channel')}
				value={options.onKnown}
				options={[
					{ value: 'fill-gaps', label: __('Fill in what is missing', 'return-channel') },
					{ value: 'overwrite', label: __('The file is right: overwrite', 'return-channel') },
					{ value: 'skip', label: __('Leave the contact as it is', 'return-channel') },
				]}
				onChange={(onKnown) => onChange({ onKnown })}
			/>
			<ChoiceField
				label={__('All of them join this group', 'return-channel')}
				value={String(options.groupId ?? '')}
				options={[
					{ value: '', label: __('No group', 'return-channel') },
					...(data?.rows ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
				]}
				onChange={(group) => onChange({ groupId: idIn(group) ?? null })}
			/>
			<TickField
				label={__(
					'Make groups that a “Group” column names and that do not exist',
					'return-channel',
				)}
				value={options.makeGroups}
				onChange={(makeGroups) => onChange({ makeGroups })}
			/>
		</>
	);
}
