import { Button } from '@wordpress/components';
import { useEffect } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { storyParts } from '../../../../service/contract/contact.ts';
import type { ContactEvent, StoryPart } from '../../../../service/contract/contact.ts';
import { ChoiceField } from '../../../components/fields.tsx';
import { Pager } from '../../../components/pager.tsx';
import { Failing, Loading } from '../../../components/states.tsx';
import { When } from '../../../components/when.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import { useDeedNotices } from '../../../hooks/use-deed-notices.ts';
import { useView } from '../../../hooks/use-view.ts';
import type { View } from '../../../hooks/use-view.ts';
import { theScreen } from '../../../screen.ts';
import { oneOf, pageIn, rowsPerPage } from '../../../view-state.ts';
import { storyPartLabel } from '../../../words/contacts.ts';
import { figure, inShort } from '../../../words/figures.ts';
import type { ContactsKey } from '../contacts-view.ts';

interface Props {
	contactId: number;
	/** Grows with each deed on the page: the story is longer then. */
	deeds: number;
	view: View<ContactsKey>;
	/** Something in the story was undone. */
	onChanged: () => void;
}

const partNames = Object.keys(storyParts) as StoryPart[];

/** Everything that was sent, bounced, held, filed and changed, newest first. */
export function ContactStory({ contactId, deeds, view, onChanged }: Props) {
	const { values, change } = view;
	const part = oneOf(partNames, values.part);
	const page = pageIn(values.story);
	const { data, error, isLoading, reload } = useCall('getContactTimeline', {
		id: contactId,
		page,
		per_page: rowsPerPage,
		part,
	});
	useEffect(() => {
		if (deeds > 0) reload();
	}, [deeds, reload]);
	return (
		<section className="rc-card rc-story" aria-busy={isLoading}>
			<div className="rc-list-head">
				<h3>{__('History', 'return-channel')}</h3>
				<ChoiceField
					hideLabel
					label={__('What the history shows', 'return-channel')}
					value={part ?? ''}
					options={[
						{ value: '', label: __('Everything', 'return-channel') },
						...partNames.map((value) => ({ value, label: storyPartLabel(value) })),
					]}
					onChange={(value) => change({ part: value, story: '' })}
				/>
			</div>
			{error && <Failing error={error} onRetry={reload} />}
			{!data && !error && <Loading sentence={__('Fetching the history…', 'return-channel')} />}
			{data?.total === 0 && (
				<p>
					{part
						? __('Nothing of this kind is on record.', 'return-channel')
						: __('Nothing is on record for this contact.', 'return-channel')}
				</p>
			)}
			{data && data.total > 0 && (
				<>
					<ol className="rc-timeline">
						{data.rows.map((event, index) => (
							<Event key={`${event.at} ${index}`} event={event} onChanged={onChanged} />
						))}
					</ol>
					<Pager
						page={page}
						total={data.total}
						count={sprintf(
							/* translators: %s: number of events. */
							_n('%s event', '%s events', data.total, 'return-channel'),
							figure(data.total),
						)}
						onChange={(next) => change({ story: String(next) })}
					/>
				</>
			)}
		</section>
	);
}

const panelKeys = ['bounce'] as const;

function Event({ event, onChanged }: { event: ContactEvent; onChanged: () => void }) {
	const panel = useView(panelKeys);
	const notices = useDeedNotices(onChanged);
	const { canManage, pageUrls } = theScreen();
	const { at, what, sentence, email, bounceId, activityId, deedId } = event;
	return (
		<li className={`is-${what}`}>
			<p className="rc-quiet">
				{inShort(new Date(at))} · <When at={at} />
				{email && ` · ${email}`}
			</p>
			<p>{sentence}</p>
			{bounceId !== undefined && (
				<Button variant="link" onClick={() => panel.change({ bounce: String(bounceId) })}>
					{__('Show this bounce', 'return-channel')}
				</Button>
			)}
			{activityId !== undefined && pageUrls?.activities && (
				<Button variant="link" href={`${pageUrls.activities}&activity=${activityId}`}>
					{__('Read this mail', 'return-channel')}
				</Button>
			)}
			{deedId !== undefined && canManage && (
				<Button variant="link" onClick={() => void notices.undo(deedId)}>
					{__('Undo this', 'return-channel')}
				</Button>
			)}
		</li>
	);
}
