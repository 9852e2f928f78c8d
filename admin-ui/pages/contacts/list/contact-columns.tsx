import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { ContactSummary } from '../../../../service/contract/contact.ts';
import type { Column } from '../../../components/table.tsx';
import { When } from '../../../components/when.tsx';
import { ContactBadges } from '../contact-badges.tsx';

/** What the list says of each contact. `onOpen` shows its record. */
export function contactColumns(
	onOpen: (contact: ContactSummary) => void,
): Column<ContactSummary>[] {
	return [
		{
			header: __('Name', 'return-channel'),
			sortBy: 'name',
			render: (contact) => (
				<Button variant="link" className="rc-name" onClick={() => onOpen(contact)}>
					{contact.displayName}
				</Button>
			),
		},
		{
			header: __('E-mail address', 'return-channel'),
			sortBy: 'email',
			render: (contact) =>
				contact.email ?? <span className="rc-quiet">{__('No address', 'return-channel')}</span>,
		},
		{
			header: __('State', 'return-channel'),
			render: (contact) => <ContactBadges contact={contact} />,
		},
		{
			header: __('Groups', 'return-channel'),
			render: ({ groups }) => <GroupNames names={groups.map(({ name }) => name)} />,
		},
		{
			header: __('Last mail', 'return-channel'),
			sortBy: 'lastMailAt',
			render: ({ lastMailAt }) => (lastMailAt ? <When at={lastMailAt} /> : '–'),
		},
		{
			header: __('Added', 'return-channel'),
			sortBy: 'createdAt',
			render: ({ createdAt }) => <When at={createdAt} />,
		},
	];
}

const namedGroups = 3;

function GroupNames({ names }: { names: string[] }) {
	if (names.length === 0) return '–';
	const more = names.length - namedGroups;
	return (
		<span title={more > 0 ? names.join(', ') : undefined}>
			{names.slice(0, namedGroups).join(', ')}
			{/* translators: %d: number of groups that are not named. */}
			{more > 0 && ` ${sprintf(__('and %d more', 'return-channel'), more)}`}
		</span>
	);
}
