import { Button, Modal } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { IgnoredMails } from '../../../service/contract/account.ts';
import type { JobName, JobRun } from '../../../service/contract/job.ts';
import { call } from '../../api.ts';
import { TickField } from '../../components/fields.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useDeed } from '../../hooks/use-deed.ts';
import { figure } from '../../words/figures.ts';
import { JobProgress } from './job-progress.tsx';
import { RunLog, statusOf } from './run-state.tsx';

interface Props {
	title: string;
	job: JobName;
	/** Reads this account only; without it all that the job is for. */
	accountId?: number;
	/** Whether the tick for ignored mails is set at first. */
	ignoredAgain?: boolean;
	onEnded: () => void;
	onClose: () => void;
}

/** Starts a job that reads mailboxes, with a choice: also read what was ignored once more, or only say what would be done. A
 *  dry run leaves the dialog open, so that the real one can follow. */
export function RunOptions({ title, job, accountId, onEnded, onClose, ...props }: Props) {
	const [ignoredAgain, setIgnoredAgain] = useState(props.ignoredAgain ?? false);
	const [isDryRun, setIsDryRun] = useState(false);
	const [started, setStarted] = useState<JobRun>();
	const [foreseen, setForeseen] = useState<JobRun>();
	const ignored = useCall('countIgnored', { name: job, accountId });
	const { isBusy, error, attempt } = useDeed();
	const { post } = useNotices();
	const [problem, setProblem] = useState('');

	async function run() {
		setForeseen(undefined);
		setProblem('');
		const asked = { name: job, accountId, ignoredAgain, dryRun: isDryRun };
		const answer = await attempt(() => call('runJob', asked));
		if (!answer) return;
		if (answer.isOurs) setStarted(answer.run);
		else setProblem(answer.sentence);
	}

	function end(ended: JobRun) {
		setStarted(undefined);
		onEnded();
		if (isDryRun) return setForeseen(ended);
		onClose();
		post({ status: statusOf(ended.state), sentence: ended.sentence });
	}

	const isUnderWay = isBusy || Boolean(started);
	const isNothing = ignoredAgain && ignored.data?.mails === 0;
	return (
		<Modal title={title} size="medium" onRequestClose={onClose} className="rc-confirm">
			<div className="rc-dialog-form">
				{(error || problem) && (
					<p className="rc-problem" role="alert">
						{error?.message ?? problem}
					</p>
				)}
				<TickField
					label={__('Also read the ignored mails again', 'return-channel')}
					help={__(
						'They are looked at as if they had just come in, by the rules, patterns and settings of now, and moved back out of the folder “ignored” where the mailbox has one. What is still of no use is ignored again.',
						'return-channel',
					)}
					value={ignoredAgain}
					onChange={setIgnoredAgain}
				/>
				<IgnoredCount ignored={ignored.data} problem={ignored.error?.message} />
				<TickField
					label={__('Dry run: only say what would be done', 'return-channel')}
					help={__(
						'Nothing is recorded, moved or deleted. Ignored mails are judged where they lie; those that would be treated otherwise now are named.',
						'return-channel',
					)}
					value={isDryRun}
					onChange={setIsDryRun}
				/>
				{started && <JobProgress key={started.id} label={title} started={started} onEnd={end} />}
				{foreseen && (
					<div role="status">
						<p>
							<strong>{foreseen.sentence}</strong>
						</p>
						<RunLog log={foreseen.log} />
					</div>
				)}
				<div className="rc-buttons is-end">
					<Button variant="tertiary" __next40pxDefaultSize onClick={onClose}>
						{__('Close', 'return-channel')}
					</Button>
					<Button
						variant="primary"
						__next40pxDefaultSize
						isBusy={isUnderWay}
						disabled={isUnderWay || (isNothing && props.ignoredAgain === true)}
						accessibleWhenDisabled
						onClick={() => void run()}
					>
						{verbOf(ignoredAgain, isDryRun)}
					</Button>
				</div>
			</div>
		</Modal>
	);
}

function verbOf(ignoredAgain: boolean, isDryRun: boolean): string {
	if (isDryRun) return __('Try it', 'return-channel');
	return ignoredAgain
		? __('Bring back and read', 'return-channel')
		: __('Read the mail', 'return-channel');
}

/** How many mails lie where ignored ones are, and where nobody could look. */
function IgnoredCount({ ignored, problem }: { ignored?: IgnoredMails; problem?: string }) {
	if (problem) return <p className="rc-problem">{problem}</p>;
	if (!ignored) return <p role="status">{__('Counting the ignored mails…', 'return-channel')}</p>;
	const { mails, accounts } = ignored;
	const withMails = accounts.filter((account) => account.mails);
	return (
		<div role="status">
			<p>
				<strong>
					{mails === 0
						? __('No ignored mail is there now.', 'return-channel')
						: sprintf(
								/* translators: %s: number of mails. */
								_n(
									'%s ignored mail is there now.',
									'%s ignored mails are there now.',
									mails,
									'return-channel',
								),
								figure(mails),
							)}
				</strong>
			</p>
			{accounts.length > 1 && withMails.length > 0 && (
				<ul className="rc-ways">
					{withMails.map(({ id, name, mails: count }) => (
						<li key={id}>
							{name}: {figure(count ?? 0)}
						</li>
					))}
				</ul>
			)}
			{accounts.map(
				(account) =>
					account.problem && (
						<p key={account.id} className="rc-problem">
							{accounts.length > 1 ? `${account.name}: ` : ''}
							{account.problem}
						</p>
					),
			)}
		</div>
	);
}
