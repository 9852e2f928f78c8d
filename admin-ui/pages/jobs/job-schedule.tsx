import { ToggleControl } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { frequencies } from '../../../service/contract/job.ts';
import type { Frequency, Job } from '../../../service/contract/job.ts';
import { call } from '../../api.ts';
import { ChoiceField } from '../../components/fields.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { useDeed } from '../../hooks/use-deed.ts';
import { frequencyLabel } from '../../words/jobs.ts';

type Schedule = Pick<Job, 'frequency' | 'isEnabled'>;

/** How often a job runs, and whether at all. A change is saved at once; while it is on its way the new value shows. */
export function JobSchedule({ job, onChanged }: { job: Job; onChanged: () => void }) {
	const [wanted, setWanted] = useState<Schedule>();
	const { error, attempt } = useDeed();
	const { post } = useNotices();
	const { frequency, isEnabled } = wanted ?? job;

	async function save(changes: Partial<Schedule>, sentence: string) {
		const schedule = { frequency, isEnabled, ...changes };
		setWanted(schedule);
		const saved = await attempt(() => call('changeJob', { name: job.name, ...schedule }));
		if (!saved) return setWanted(undefined);
		setWanted({ frequency: saved.frequency, isEnabled: saved.isEnabled });
		onChanged();
		// An arrow key in a closed select changes it at once; moving the focus away would end that.
		post({ status: 'success', sentence, keepsFocus: true });
	}

	return (
		<div className="rc-schedule">
			<ChoiceField<Frequency>
				label={__('Frequency', 'return-channel')}
				value={frequency}
				problem={error?.message}
				options={frequencies.map((value) => ({ value, label: frequencyLabel(value) }))}
				onChange={(chosen) =>
					void save(
						{ frequency: chosen },
						sprintf(
							/* translators: 1: name of a job, 2: how often it runs. */
							__('The frequency of “%1$s” is now: %2$s.', 'return-channel'),
							job.label,
							frequencyLabel(chosen),
						),
					)
				}
			/>
			<ToggleControl
				__nextHasNoMarginBottom
				label={__('Runs by itself', 'return-channel')}
				checked={isEnabled}
				onChange={(isOn) =>
					void save(
						{ isEnabled: isOn },
						sprintf(
							isOn
								? /* translators: %s: name of a job. */
									__('“%s” now runs by itself.', 'return-channel')
								: /* translators: %s: name of a job. */
									__('“%s” no longer runs by itself.', 'return-channel'),
							job.label,
						),
					)
				}
			/>
		</div>
	);
}
