import { __ } from '@wordpress/i18n';
import { Failing, Loading } from '../../../components/states.tsx';
import { TickField } from '../../../components/fields.tsx';
import { useCall } from '../../../hooks/use-call.ts';

/** The groups of a contact, as boxes to tick. */
export function GroupFields({
	chosen,
	onChange,
}: {
	/** Numbers of groups. */
	chosen: readonly number[];
	onChange: (chosen: number[]) => void;
}) {
	const { data, error, reload } = useCall('listGroups', {});
	if (error) return <Failing error={error} onRetry={reload} />;
	if (!data) return <Loading sentence={__('Fetching the groups…', 'return-channel')} />;
	if (data.rows.length === 0) {
		return <p>{__('There is no group yet. Groups are made under “Groups”.', 'return-channel')}</p>;
	}
	return (
		<div className="rc-group-fields">
			{data.rows.map(({ id, name }) => (
				<TickField
					key={id}
					label={name}
					value={chosen.includes(id)}
					onChange={(isIn) =>
						onChange(isIn ? [...chosen, id] : chosen.filter((other) => other !== id))
					}
				/>
			))}
		</div>
	);
}
