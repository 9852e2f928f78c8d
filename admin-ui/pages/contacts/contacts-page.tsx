import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { PageFrame } from '../../components/page-frame.tsx';
import { SectionNav } from '../../components/section-nav.tsx';
import { useView } from '../../hooks/use-view.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { idIn, oneOf } from '../../view-state.ts';
import { contactsKeys, sectionNames, toSection } from './contacts-view.ts';
import type { ContactsKey, SectionName } from './contacts-view.ts';
import { GroupList } from './groups/group-list.tsx';
import { ImportSection } from './import/import-section.tsx';
import { ContactList } from './list/contact-list.tsx';
import { AddContact } from './record/add-contact.tsx';
import { ContactPage } from './record/contact-page.tsx';
import { SearchBuilder } from './search/search-builder.tsx';
import { UserSection } from './users/user-section.tsx';

export function ContactsPage() {
	const view = useView(contactsKeys);
	const { values, change } = view;
	return (
		<PageFrame
			title={__('Contacts', 'return-channel')}
			purpose={sprintf(
				/* translators: %s: the name of the site. */
				__('The people and organizations that %s writes to.', 'return-channel'),
				theScreen().siteName,
			)}
			actions={
				theScreen().canManage &&
				!values.contact && (
					<Button
						variant="primary"
						__next40pxDefaultSize
						onClick={() => change({ contact: 'new' })}
					>
						{__('Add a contact', 'return-channel')}
					</Button>
				)
			}
		>
			<Contacts view={view} />
		</PageFrame>
	);
}

function Contacts({ view }: { view: View<ContactsKey> }) {
	const { values, change } = view;
	const { canManage } = theScreen();
	const contactId = idIn(values.contact);
	if (contactId) return <ContactPage contactId={contactId} view={view} />;
	if (values.contact === 'new' && canManage) return <AddContact view={view} />;

	const names = sectionNames.filter((name) => canManage || name !== 'import');
	const section = oneOf(names, values.section) ?? 'contacts';
	return (
		<>
			<SectionNav
				label={__('Parts of this page', 'return-channel')}
				sections={names.map((name) => ({ name, title: sectionTitle(name) }))}
				shown={section}
				onShow={(name) => change(toSection(name))}
			/>
			{section === 'contacts' && <ContactList view={view} />}
			{section === 'search' && <SearchBuilder view={view} />}
			{section === 'groups' && <GroupList view={view} />}
			{section === 'import' && <ImportSection view={view} />}
			{section === 'users' && <UserSection />}
		</>
	);
}

function sectionTitle(section: SectionName): string {
	const titles: Record<SectionName, string> = {
		contacts: __('All contacts', 'return-channel'),
		search: __('Search Builder', 'return-channel'),
		groups: __('Groups', 'return-channel'),
		import: __('Import', 'return-channel'),
		users: __('WordPress users', 'return-channel'),
	};
	return titles[section];
}
