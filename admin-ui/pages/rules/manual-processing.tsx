import { __ } from '@wordpress/i18n';
import { call } from '../../api.ts';
import { FieldGroup, TickField } from '../../components/fields.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useDeed } from '../../hooks/use-deed.ts';
import { theScreen } from '../../screen.ts';

export interface ByHand {
	/** Undefined while it is not known. */
	isOn: boolean | undefined;
	reload: () => void;
}

/** Whether rules may be applied by hand on this site. */
export function useManualProcessing(): ByHand {
	const { data, reload } = useCall('getRuleSettings', {});
	return { isOn: data?.manualProcessing, reload };
}

/** The switch that takes the button "Apply to stored bounces" away. */
export function ManualProcessing({ byHand }: { byHand: ByHand }) {
	const { error, attempt } = useDeed();
	if (byHand.isOn === undefined || !theScreen().canManage) return null;

	async function change(manualProcessing: boolean) {
		if (await attempt(() => call('changeRuleSettings', { manualProcessing }))) byHand.reload();
	}

	return (
		<FieldGroup title={__('Processing by hand', 'return-channel')}>
			<TickField
				label={__('Rules may be applied to stored bounces by hand', 'return-channel')}
				help={__(
					'Without this, only the job Apply Bounce Rules does it, on its schedule. New bounces meet the rules either way.',
					'return-channel',
				)}
				value={byHand.isOn}
				problem={error?.message}
				onChange={(isOn) => void change(isOn)}
			/>
		</FieldGroup>
	);
}
