import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { Outcome } from '../../../service/contract/activity.ts';
import { Facts } from '../../components/facts.tsx';
import { FileLink } from '../../components/file-link.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { Failing, Loading } from '../../components/states.tsx';
import { When } from '../../components/when.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useDeed } from '../../hooks/use-deed.ts';
import { theScreen } from '../../screen.ts';
import { useLabel } from '../../words/accounts.ts';
import { subjectOf } from '../../words/activities.ts';
import { figure, inShort } from '../../words/figures.ts';
import { kindLabel, outcomeExplained } from '../../words/outcomes.ts';
import { OutcomeBadge } from './outcome-badge.tsx';
import { RawMail } from './raw-mail.tsx';
import { useRefile } from './refile.tsx';

interface Props {
	outcomeId: number;
	onShowRun: (runId: number) => void;
	onChanged: () => void;
	onClose: () => void;
}

/** One mail of the log: what was done and why, what it became, and the mail itself. */
export function OutcomePanel({ outcomeId, onShowRun, onChanged, onClose }: Props) {
	const { data: mail, error, reload } = useCall('getOutcome', { id: outcomeId });
	return (
		<SidePanel title={mail ? subjectOf(mail) : __('Mail', 'return-channel')} onClose={onClose}>
			{error && <Failing error={error} onRetry={reload} />}
			{!mail && !error && <Loading sentence={__('Fetching the mail…', 'return-channel')} />}
			{mail && (
				<>
					<section>
						<h2>{__('What was done, and why', 'return-channel')}</h2>
						<p>
							<OutcomeBadge mail={mail} />
						</p>
						<p>{mail.sentence}</p>
						{mail.outcome !== 'acted' && mail.outcome !== 'ignored' && (
							<p>{outcomeExplained(mail.outcome)}</p>
						)}
						<Became mail={mail} />
						<DealAgain
							mail={mail}
							onChanged={() => {
								reload();
								onChanged();
							}}
						/>
					</section>
					<MailFacts mail={mail} onShowRun={onShowRun} />
					<section>
						<h2>{__('The mail', 'return-channel')}</h2>
						{mail.hasRaw ? (
							<>
								<RawMail outcomeId={mail.id} />
								<FileLink route="downloadOutcome" asked={{ id: mail.id }}>
									{__('Download the mail', 'return-channel')}
								</FileLink>
							</>
						) : (
							<p>{__('The original mail is no longer kept.', 'return-channel')}</p>
						)}
					</section>
				</>
			)}
		</SidePanel>
	);
}

/** The ways to what the mail became. */
function Became({ mail }: { mail: Outcome }) {
	const { activities, bounces } = theScreen().pageUrls ?? {};
	return (
		<div className="rc-buttons">
			{mail.activityId !== null && activities && (
				<Button
					variant="secondary"
					__next40pxDefaultSize
					href={`${activities}&activity=${mail.activityId}`}
				>
					{__('Open the filed mail', 'return-channel')}
				</Button>
			)}
			{bounces &&
				mail.bounceIds.map((id, index) => (
					<Button
						key={id}
						variant="secondary"
						__next40pxDefaultSize
						href={`${bounces}&bounce=${id}`}
					>
						{mail.bounceIds.length > 1
							? `${__('Open the bounce', 'return-channel')} ${figure(index + 1)}`
							: __('Open the bounce', 'return-channel')}
					</Button>
				))}
		</div>
	);
}

function DealAgain({ mail, onChanged }: { mail: Outcome; onChanged: () => void }) {
	const { running, start } = useRefile(onChanged);
	const { isBusy, error, attempt } = useDeed();
	if (!theScreen().canManage || !mail.hasRaw) return null;
	return (
		<>
			<p className="rc-buttons">
				<Button
					variant="secondary"
					__next40pxDefaultSize
					isBusy={isBusy || Boolean(running)}
					disabled={isBusy || Boolean(running)}
					accessibleWhenDisabled
					onClick={() => void attempt(() => start({ ids: [mail.id] }))}
				>
					{__('Deal with it again', 'return-channel')}
				</Button>
			</p>
			{error && (
				<p className="rc-problem" role="alert">
					{error.message}
				</p>
			)}
			{running}
		</>
	);
}

function MailFacts({ mail, onShowRun }: { mail: Outcome; onShowRun: (runId: number) => void }) {
	const { runId } = mail;
	return (
		<section>
			<Facts
				facts={[
					{ name: __('From', 'return-channel'), value: <bdi>{mail.sender}</bdi> },
					{
						name: __('Read', 'return-channel'),
						value: (
							<>
								{inShort(new Date(mail.at))} (<When at={mail.at} />)
							</>
						),
					},
					{ name: __('Kind of mail', 'return-channel'), value: mail.kind && kindLabel(mail.kind) },
					{
						name: __('Mail account', 'return-channel'),
						value: `${mail.accountName} · ${useLabel(mail.usedFor)}`,
					},
					{
						name: __('Run', 'return-channel'),
						value: runId && (
							<Button variant="link" onClick={() => onShowRun(runId)}>
								{sprintf(
									/* translators: %s: number of a run of a job. */
									__('Show all mails of run %s', 'return-channel'),
									figure(runId),
								)}
							</Button>
						),
					},
					{
						name: __('Put into', 'return-channel'),
						value: mail.fileUnder && <code>{mail.fileUnder}</code>,
					},
					{
						name: __('Failures', 'return-channel'),
						value: mail.failures > 0 ? figure(mail.failures) : null,
					},
					{
						name: __('Message-ID', 'return-channel'),
						value: mail.messageId && <code>{mail.messageId}</code>,
					},
				]}
			/>
		</section>
	);
}
