import { __, _n, sprintf } from '@wordpress/i18n';
import { partyPlaces } from '../../../service/contract/activity.ts';
import type { ActivityParty } from '../../../service/contract/activity.ts';
import { theScreen } from '../../screen.ts';
import { placeLabel } from '../../words/activities.ts';
import { figure } from '../../words/figures.ts';

/** Who was in a mail, by the list of addresses they stood in; `most` names at all. */
export function People({ parties, most = Infinity }: { parties: ActivityParty[]; most?: number }) {
	if (parties.length === 0) {
		return <span className="rc-quiet">{__('Nobody any more', 'return-channel')}</span>;
	}
	const inOrder = partyPlaces.flatMap((place) => parties.filter((party) => party.place === place));
	const shown = inOrder.slice(0, most);
	const more = inOrder.length - shown.length;
	return (
		<ul className="rc-people">
			{shown.map((party, index) => (
				<li key={index}>
					<span className="rc-place">{placeLabel(party.place)}:</span> <Person party={party} />
				</li>
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

/** Somebody in a mail, with the way to the contact. */
export function Person({ party }: { party: ActivityParty }) {
	const { contacts } = theScreen().pageUrls ?? {};
	const name = party.name.trim() || party.email;
	return (
		<>
			{contacts && !party.isDeleted ? (
				<a href={`${contacts}&contact=${party.contactId}`}>
					<bdi>{name}</bdi>
				</a>
			) : (
				<bdi>{name}</bdi>
			)}
			{party.isDeleted && (
				<span className="rc-quiet"> {__('(deleted contact)', 'return-channel')}</span>
			)}
		</>
	);
}
