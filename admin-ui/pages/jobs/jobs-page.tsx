import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Job } from '../../../service/contract/job.ts';
import { PageFrame } from '../../components/page-frame.tsx';
import { Failing, Loading } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { theScreen } from '../../screen.ts';
import { JobCard } from './job-card.tsx';
import { JobLog } from './job-log.tsx';

export function JobsPage() {
	return (
		<PageFrame
			title={__('Scheduled jobs', 'return-channel')}
			purpose={sprintf(
				/* translators: %s: the name of the site. */
				__('What Return Channel does for %s by itself, and when.', 'return-channel'),
				theScreen().siteName,
			)}
		>
			<Jobs />
		</PageFrame>
	);
}

function Jobs() {
	const { data, error, reload } = useCall('listJobs', {});
	const [runsEnded, setRunsEnded] = useState(0);
	if (error) return <Failing error={error} onRetry={reload} />;
	if (!data) return <Loading sentence={__('Fetching the jobs…', 'return-channel')} />;

	const changed = () => {
		reload();
		setRunsEnded((before) => before + 1);
	};
	return (
		<>
			<div className="rc-jobs">
				{data.rows.map((job: Job) => (
					<JobCard key={job.name} job={job} onChanged={changed} />
				))}
			</div>
			<JobLog jobs={data.rows} newerThan={runsEnded} />
		</>
	);
}
