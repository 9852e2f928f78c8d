import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { Empty } from '../../../components/states.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import type { View } from '../../../hooks/use-view.ts';
import { theScreen } from '../../../screen.ts';
import { countsAsked, isNarrowed, noFilters, toSection } from '../contacts-view.ts';
import type { ContactsKey } from '../contacts-view.ts';
import { ContactCounts } from './contact-counts.tsx';
import { ContactFilters } from './contact-filters.tsx';
import { ContactResults } from './contact-results.tsx';
import { SavedViews } from './saved-views.tsx';

/** All contacts, or those that the filters leave in. */
export function ContactList({ view }: { view: View<ContactsKey> }) {
	const { values, change } = view;
	const facets = useCall('countContacts', countsAsked(values));
	const groups = useCall('listGroups', {});
	const isEmpty =
		facets.data?.total === 0 &&
		facets.data.deleted === 0 &&
		!facets.isLoading &&
		!isNarrowed(values);
	return (
		<>
			{!isEmpty && (
				<>
					<SavedViews view={view} />
					{!facets.error && <ContactCounts facets={facets.data} view={view} />}
					<ContactFilters view={view} groups={groups.data?.rows ?? []} />
				</>
			)}
			<ContactResults
				view={view}
				groups={groups.data?.rows ?? []}
				onChanged={() => {
					facets.reload();
					groups.reload();
				}}
				nothing={
					isNarrowed(values) ? (
						<NoMatch onShowAll={() => change(noFilters(values))} isTrash={values.trash === 'yes'} />
					) : (
						<NoContacts view={view} />
					)
				}
			/>
		</>
	);
}

function NoMatch({ isTrash, onShowAll }: { isTrash: boolean; onShowAll: () => void }) {
	return (
		<Empty
			title={
				isTrash
					? __('The trash is empty, or nothing in it matches', 'return-channel')
					: __('No contact matches', 'return-channel')
			}
		>
			<Button variant="secondary" __next40pxDefaultSize onClick={onShowAll}>
				{__('Show all contacts', 'return-channel')}
			</Button>
		</Empty>
	);
}

function NoContacts({ view }: { view: View<ContactsKey> }) {
	return (
		<Empty title={__('No contact yet', 'return-channel')}>
			<p>
				{__(
					'Contacts come from WordPress’s users, from mail that is filed, from a CSV file, or from your keyboard.',
					'return-channel',
				)}
			</p>
			{theScreen().canManage && (
				<p className="rc-buttons">
					<Button
						variant="primary"
						__next40pxDefaultSize
						onClick={() => view.change(toSection('import'))}
					>
						{__('Import a CSV file', 'return-channel')}
					</Button>
					<Button
						variant="secondary"
						__next40pxDefaultSize
						onClick={() => view.change({ contact: 'new' })}
					>
						{__('Add the first contact', 'return-channel')}
					</Button>
				</p>
			)}
		</Empty>
	);
}
