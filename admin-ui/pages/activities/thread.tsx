import { Button } from '@wordpress/components';
import { useId, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import type { ActivityDetail } from '../../../service/contract/activity.ts';
import { Failing, Loading } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { isSameTopic, subjectOf } from '../../words/activities.ts';
import { figure, inShort } from '../../words/figures.ts';
import { MailBody } from './mail-body.tsx';

/** The other mails of the conversation, in the order the service gives; each unfolds where it stands. */
export function Thread({
	mail,
	onOpen,
}: {
	mail: ActivityDetail;
	onOpen: (activityId: number) => void;
}) {
	const headingId = useId();
	const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
	if (mail.thread.length < 2) return null;

	function toggle(id: number) {
		const next = new Set(unfolded);
		if (!next.delete(id)) next.add(id);
		setUnfolded(next);
	}

	return (
		<section aria-labelledby={headingId}>
			<h2 id={headingId}>
				{sprintf(
					/* translators: %s: number of mails. */
					_n(
						'Conversation of %s mail',
						'Conversation of %s mails',
						mail.thread.length,
						'return-channel',
					),
					figure(mail.thread.length),
				)}
			</h2>
			<ol className="rc-thread">
				{mail.thread.map((one) => (
					<li key={one.id} className={one.id === mail.id ? 'is-shown' : undefined}>
						{one.id === mail.id ? (
							<ThreadLine one={one} shown={mail}>
								<span className="rc-quiet">{__('This mail', 'return-channel')}</span>
							</ThreadLine>
						) : (
							<FoldedMail
								one={one}
								shown={mail}
								isUnfolded={unfolded.has(one.id)}
								onToggle={() => toggle(one.id)}
								onOpen={() => onOpen(one.id)}
							/>
						)}
					</li>
				))}
			</ol>
		</section>
	);
}

type ThreadMail = ActivityDetail['thread'][number];

/** Who wrote when, and how it begins; the subject only where it is another than that of the mail that is shown. */
function ThreadLine({
	one,
	shown,
	children,
}: {
	one: ThreadMail;
	shown: Pick<ActivityDetail, 'subject'>;
	children: ReactNode;
}) {
	return (
		<div className="rc-thread-line">
			<span>
				<bdi className="rc-name">{one.from}</bdi>{' '}
				{!isSameTopic(one, shown) && <bdi className="rc-thread-subject">{subjectOf(one)}</bdi>}
				<span className="rc-quiet rc-excerpt" dir="auto">
					{one.excerpt}
				</span>
				<time className="rc-quiet" dateTime={one.occurredAt}>
					{inShort(new Date(one.occurredAt))}
				</time>
			</span>
			{children}
		</div>
	);
}

function FoldedMail({
	one,
	shown,
	isUnfolded,
	onToggle,
	onOpen,
}: {
	one: ThreadMail;
	shown: Pick<ActivityDetail, 'subject'>;
	isUnfolded: boolean;
	onToggle: () => void;
	onOpen: () => void;
}) {
	const bodyId = useId();
	const about = `${one.from}, ${subjectOf(one)}`;
	const verb = isUnfolded ? __('Fold', 'return-channel') : __('Unfold', 'return-channel');
	return (
		<>
			<ThreadLine one={one} shown={shown}>
				<span className="rc-buttons">
					<Button
						variant="secondary"
						size="compact"
						aria-expanded={isUnfolded}
						aria-controls={bodyId}
						aria-label={`${verb}: ${about}`}
						onClick={onToggle}
					>
						{verb}
					</Button>
					<Button
						variant="secondary"
						size="compact"
						aria-label={`${__('Open', 'return-channel')}: ${about}`}
						onClick={onOpen}
					>
						{__('Open', 'return-channel')}
					</Button>
				</span>
			</ThreadLine>
			<div id={bodyId}>{isUnfolded && <UnfoldedMail id={one.id} />}</div>
		</>
	);
}

/** Pictures from elsewhere are asked for on the mail's own page. */
function UnfoldedMail({ id }: { id: number }) {
	const { data: mail, error, reload } = useCall('getActivity', { id });
	if (error) return <Failing error={error} onRetry={reload} />;
	if (!mail) return <Loading sentence={__('Fetching the mail…', 'return-channel')} />;
	return <MailBody mail={mail} isRemote={false} />;
}
