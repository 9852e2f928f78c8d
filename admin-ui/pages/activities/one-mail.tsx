import { Button, Notice } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ActivityDetail } from '../../../service/contract/activity.ts';

import { Facts } from '../../components/facts.tsx';
import { FileLink } from '../../components/file-link.tsx';
import { Empty, Failing, Loading } from '../../components/states.tsx';
import { When } from '../../components/when.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { theScreen } from '../../screen.ts';
import { statusLabel, subjectOf } from '../../words/activities.ts';
import { inFull, inShort } from '../../words/figures.ts';
import { Attachments } from './attachments.tsx';
import { DeleteMails } from './delete-mails.tsx';
import { MailBody } from './mail-body.tsx';
import { EditMail } from './mail-form.tsx';
import { People } from './people.tsx';
import { Thread } from './thread.tsx';
import { Token } from './token.tsx';
import { useActivityDeed, useAfterDeeds } from './use-activity-deed.ts';

interface Props {
	/** undefined when the URL names no mail. */
	activityId: number | undefined;
	onOpen: (activityId: number) => void;
	onClose: () => void;
}

/** One filed mail, on a page of its own. */
export function OneMail({ activityId, onOpen, onClose }: Props) {
	const [isRemote, setIsRemote] = useState(false);
	const asked = activityId === undefined ? undefined : { id: activityId, remote: isRemote };
	const { data: mail, error, reload } = useCall('getActivity', asked);
	useAfterDeeds(reload);
	const isGone = activityId === undefined || error?.status === 404;
	return (
		<>
			<p>
				<Button variant="link" onClick={onClose}>
					{__('All filed mail', 'return-channel')}
				</Button>
			</p>
			{isGone && <NoSuchMail onClose={onClose} />}
			{error && !isGone && <Failing error={error} onRetry={reload} />}
			{!mail && !error && !isGone && (
				<Loading sentence={__('Fetching the mail…', 'return-channel')} />
			)}
			{mail && !error && (
				<article className="rc-one-mail">
					<MailHead mail={mail} onChanged={reload} onDeleted={onClose} />
					<Remarks mail={mail} />
					<MailBody mail={mail} isRemote={isRemote} onRemote={() => setIsRemote(true)} />
					<Attachments files={mail.files} />
					<Thread mail={mail} onOpen={onOpen} />
				</article>
			)}
		</>
	);
}

function NoSuchMail({ onClose }: { onClose: () => void }) {
	return (
		<Empty title={__('There is no such filed mail', 'return-channel')}>
			<p>{__('It may have been deleted.', 'return-channel')}</p>
			<Button variant="secondary" onClick={onClose}>
				{__('Show all filed mail', 'return-channel')}
			</Button>
		</Empty>
	);
}

function MailHead({
	mail,
	onChanged,
	onDeleted,
}: {
	mail: ActivityDetail;
	onChanged: () => void;
	onDeleted: () => void;
}) {
	return (
		<header className="rc-card">
			<div className="rc-card-head">
				<h2 className="rc-subject">
					<bdi>{subjectOf(mail)}</bdi> <Token mail={mail} />
				</h2>
				<div className="rc-buttons">
					{mail.mayEdit !== 'nothing' && <EditMail mail={mail} onSaved={onChanged} />}
					{mail.hasRaw && (
						<FileLink route="downloadActivity" asked={{ id: mail.id }}>
							{__('Download the original mail', 'return-channel')}
						</FileLink>
					)}
					{theScreen().canManage && (
						<DeleteMails
							ids={[mail.id]}
							label={__('Delete', 'return-channel')}
							onDeleted={onDeleted}
						/>
					)}
				</div>
			</div>
			<MailFacts mail={mail} />
		</header>
	);
}

function MailFacts({ mail }: { mail: ActivityDetail }) {
	const { parties, occurredAt, type, status, campaign, because, editedAt } = mail;
	return (
		<Facts
			facts={[
				{ name: __('People', 'return-channel'), value: <People parties={parties} /> },
				{
					name: __('Written', 'return-channel'),
					value: (
						<>
							{inFull(new Date(occurredAt))} (<When at={occurredAt} />)
						</>
					),
				},
				{
					name: __('Activity', 'return-channel'),
					value: [type, statusLabel(status), campaign].filter(Boolean).join(' · '),
				},
				{ name: __('Why it is here', 'return-channel'), value: because },
				{
					name: __('Edited', 'return-channel'),
					value: editedAt && <EditNote mail={mail} editedAt={editedAt} />,
				},
			]}
		/>
	);
}

/** Who edited the mail last, with the way back. */
function EditNote({ mail, editedAt }: { mail: ActivityDetail; editedAt: string }) {
	const { undo } = useActivityDeed();
	const { editDeedId, editedBy } = mail;
	return (
		<>
			{sprintf(
				/* translators: 1: name of a person, 2: date and time. */
				__('By %1$s, %2$s', 'return-channel'),
				editedBy ?? __('somebody', 'return-channel'),
				inShort(new Date(editedAt)),
			)}{' '}
			{editDeedId !== null && (
				<Button variant="link" onClick={() => void undo(editDeedId)}>
					{__('Undo the last edit', 'return-channel')}
				</Button>
			)}
		</>
	);
}

/** What a reader should know before trusting that this is all of the mail. */
function Remarks({ mail }: { mail: ActivityDetail }) {
	const remarks = [
		...(mail.isTruncated
			? [
					__(
						'The mail was over the size limit: its header and the beginning of its text are kept.',
						'return-channel',
					),
				]
			: []),
		...mail.damage,
	];
	if (remarks.length === 0) return null;
	return (
		<Notice status="warning" isDismissible={false}>
			{remarks.map((remark) => (
				<p key={remark}>{remark}</p>
			))}
		</Notice>
	);
}
