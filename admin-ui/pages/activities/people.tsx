import { Fragment } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { partyPlaces } from '../../../service/contract/activity.ts';
import type { ActivityParty } from '../../../service/contract/activity.ts';
import { theScreen } from '../../screen.ts';
import { placeLabel } from '../../words/activities.ts';
import { figure } from '../../words/figures.ts';

/** Who was in a mail, a line for each list of addresses; `most` names at all. */
export function People({ parties, most = Infinity }: { parties: ActivityParty[]; most?: number }) {
	if (parties.length === 0) {
		return <span className="rc-quiet">{__('Nobody any more', 'return-channel')}</span>;
	}
	const inOrder = partyPlaces.flatMap((place) => parties.filter((party) => party.place === place));
	const shown = inOrder.slice(0, most);
	const more = inOrder.length - shown.length;
	return (
		<ul className="rc-parties">
			{partyPlaces.map((place) => (
				<OneList
					key={place}
					place={place}
					parties={shown.filter((party) => party.place === place)}
				/>
			))}
			{more > 0 && (
				<li className="rc-quiet">
					{sprintf(
						/* translators: %s: number of people. */
						_n('and %s more', 'and %s more', more, 'return-channel'),
						figure(more),
					)}
				</li>
			)}
		</ul>
	);
}

function OneList({ place, parties }: Pick<ActivityParty, 'place'> & { parties: ActivityParty[] }) {
	if (parties.length === 0) return null;
	return (
		<li>
			<span className="rc-quiet-inline">{placeLabel(place)}:</span>{' '}
			{parties.map((party, index) => (
				<Fragment key={index}>
					{index > 0 && ', '}
					<Person party={party} />
				</Fragment>
			))}
		</li>
	);
}

/** Somebody in a mail, with the way to the contact. */
function Person({ party }: { party: ActivityParty }) {
	const { contacts } = theScreen().pageUrls ?? {};
	const name = party.name.trim() || party.email;
	if (party.isDeleted || !contacts) {
		return (
			<>
				<bdi>{name}</bdi>
				{party.isDeleted && (
					<span className="rc-quiet-inline"> {__('(deleted contact)', 'return-channel')}</span>
				)}
			</>
		);
	}
	return (
		<a href={`${contacts}&contact=${party.contactId}`} title={party.email}>
			<bdi>{name}</bdi>
		</a>
	);
}
