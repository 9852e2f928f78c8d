import { __ } from '@wordpress/i18n';
import { contactStatuses } from '../../../../service/contract/address.ts';
import { contactKinds } from '../../../../service/contract/contact.ts';
import type { ContactFacets } from '../../../../service/contract/contact.ts';
import { Count, Counts } from '../../../components/counts.tsx';
import type { View } from '../../../hooks/use-view.ts';
import { kindsLabel, statusExplained, statusLabel } from '../../../words/contacts.ts';
import type { ContactsKey } from '../contacts-view.ts';

interface Props {
	facets: ContactFacets | undefined;
	view: View<ContactsKey>;
}

/** How many contacts there are of each kind and state; pressing one shows only those. */
export function ContactCounts({ facets, view }: Props) {
	const { kind, status, hold, trash } = view.values;
	const label = __('Contacts by kind and state', 'return-channel');
	if (!facets) return <Counts label={label} />;

	const only = (key: ContactsKey, value: string) => () =>
		view.change({
			kind: '',
			status: '',
			hold: '',
			trash: '',
			paged: '',
			[key]: view.values[key] === value ? '' : value,
		});
	const kinds = contactKinds.filter((name) => facets.kinds[name] > 0 || kind === name);
	const statuses = contactStatuses.filter(
		(name) => name !== 'confirmed' && (facets.statuses[name] > 0 || status === name),
	);
	return (
		<Counts label={label}>
			<Count
				label={__('All', 'return-channel')}
				count={facets.total}
				isPressed={!kind && !status && !hold && !trash}
				onPress={() => view.change({ kind: '', status: '', hold: '', trash: '', paged: '' })}
			/>
			<Count
				label={__('Email on hold', 'return-channel')}
				count={facets.onHold}
				isPressed={hold === 'any'}
				onPress={only('hold', 'any')}
			/>
			{statuses.map((name) => (
				<Count
					key={name}
					label={statusLabel(name)}
					title={statusExplained(name)}
					count={facets.statuses[name]}
					isPressed={status === name}
					onPress={only('status', name)}
				/>
			))}
			{kinds.length > 1 &&
				kinds.map((name) => (
					<Count
						key={name}
						label={kindsLabel(name)}
						count={facets.kinds[name]}
						isPressed={kind === name}
						onPress={only('kind', name)}
					/>
				))}
			{(facets.deleted > 0 || trash === 'yes') && (
				<Count
					label={__('Trash', 'return-channel')}
					count={facets.deleted}
					isPressed={trash === 'yes'}
					onPress={only('trash', 'yes')}
				/>
			)}
		</Counts>
	);
}
