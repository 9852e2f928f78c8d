import { useId } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { activityStatuses, partyPlaces, partyRoles } from '../../../service/contract/activity.ts';
import type { FilingOptions } from '../../../service/contract/activity.ts';
import { ChoiceField, FieldGroup, TextField, TickField } from '../../components/fields.tsx';
import { useCall } from '../../hooks/use-call.ts';
import {
	creationExplained,
	creationLabel,
	forwardedLabel,
	organizationsLabel,
	placeLabel,
	roleLabel,
	statusLabel,
} from '../../words/activities.ts';
import type { FieldsProps } from './draft.ts';

const policies = ['always', 'if-somebody-known', 'never'] as const;
const organizationChoices = ['new-individual', 'use-organization'] as const;
const forwardedChoices = ['as-it-is', 'inner-people'] as const;

interface GroupProps {
	filing: FilingOptions;
	edit: (changes: Partial<FilingOptions>) => void;
	/** What is wrong with a field of the filing: the service names it "filing.campaign". */
	problemOf: (field: keyof FilingOptions) => string | undefined;
}

/** How the mail of an account is filed: what mails, with whom, and as what. */
export function FilingFields({ draft, edit, problems }: FieldsProps) {
	const { filing } = draft;
	const group: GroupProps = {
		filing,
		edit: (changes) => edit({ filing: { ...filing, ...changes } }),
		problemOf: (field) => problems[`filing.${field}`],
	};
	return (
		<>
			<WhichMails {...group} />
			<WithWhom {...group} />
			<AsWhat {...group} />
		</>
	);
}

function WhichMails({ filing, edit, problemOf }: GroupProps) {
	return (
		<FieldGroup title={__('Which mails are filed', 'return-channel')}>
			<TickField
				label={__('Only mails with a case number in the subject', 'return-channel')}
				help={__(
					'Such as [case #12]. Without this, every mail is filed, and a case number is kept with it.',
					'return-channel',
				)}
				value={filing.requireToken}
				problem={problemOf('requireToken')}
				onChange={(requireToken) => edit({ requireToken })}
			/>
			<ChoiceField
				label={__('A forwarded mail is filed', 'return-channel')}
				help={__(
					'For mails that you forward to this mailbox. Mails that you redirect (“bounce” in some mail programs) keep their people anyway.',
					'return-channel',
				)}
				value={filing.forwarded}
				problem={problemOf('forwarded')}
				options={forwardedChoices.map((value) => ({ value, label: forwardedLabel(value) }))}
				onChange={(forwarded) => edit({ forwarded })}
			/>
		</FieldGroup>
	);
}

function WithWhom({ filing, edit, problemOf }: GroupProps) {
	const groups = useCall('listGroups', {});
	return (
		<FieldGroup title={__('With whom it is filed', 'return-channel')}>
			<ChoiceField
				label={__('People nobody has on record', 'return-channel')}
				help={creationExplained(filing.createContacts)}
				value={filing.createContacts}
				problem={problemOf('createContacts')}
				options={policies.map((value) => ({ value, label: creationLabel(value) }))}
				onChange={(createContacts) => edit({ createContacts })}
			/>
			{filing.createContacts !== 'never' && (
				<ChoiceField
					label={__('New contacts join the group', 'return-channel')}
					value={filing.groupId === null ? '' : String(filing.groupId)}
					problem={problemOf('groupId') ?? groups.error?.message}
					options={[
						{ value: '', label: __('None', 'return-channel') },
						...(groups.data?.rows ?? []).map(({ id, name }) => ({
							value: String(id),
							label: name,
						})),
					]}
					onChange={(id) => edit({ groupId: id === '' ? null : Number(id) })}
				/>
			)}
			<ChoiceField
				label={__('An address that only an organization has', 'return-channel')}
				help={__(
					'Mail is written by people: usually an Individual with the same address is added and gets the mail.',
					'return-channel',
				)}
				value={filing.organizations}
				problem={problemOf('organizations')}
				options={organizationChoices.map((value) => ({ value, label: organizationsLabel(value) }))}
				onChange={(organizations) => edit({ organizations })}
			/>
		</FieldGroup>
	);
}

function AsWhat({ filing, edit, problemOf }: GroupProps) {
	return (
		<FieldGroup title={__('As what it is filed', 'return-channel')}>
			<Roles roles={filing.roles} onChange={(roles) => edit({ roles })} />
			<TextField
				label={__('Activity type', 'return-channel')}
				isRequired
				maxLength={60}
				value={filing.activityType}
				problem={problemOf('activityType')}
				onChange={(activityType) => edit({ activityType })}
			/>
			<div className="rc-side-by-side">
				<ChoiceField
					label={__('Status', 'return-channel')}
					value={filing.activityStatus}
					problem={problemOf('activityStatus')}
					options={activityStatuses.map((value) => ({ value, label: statusLabel(value) }))}
					onChange={(activityStatus) => edit({ activityStatus })}
				/>
				<TextField
					label={__('Campaign', 'return-channel')}
					help={__('Empty for none.', 'return-channel')}
					maxLength={100}
					value={filing.campaign}
					problem={problemOf('campaign')}
					onChange={(campaign) => edit({ campaign })}
				/>
			</div>
		</FieldGroup>
	);
}

/** What those in each list of addresses are to the activity. */
function Roles({
	roles,
	onChange,
}: {
	roles: FilingOptions['roles'];
	onChange: (roles: FilingOptions['roles']) => void;
}) {
	const headingId = useId();
	const options = [...partyRoles, 'none' as const].map((value) => ({
		value,
		label: roleLabel(value),
	}));
	return (
		<div role="group" aria-labelledby={headingId}>
			<p id={headingId}>
				{__('What the people in each list of addresses are to it', 'return-channel')}
			</p>
			<div className="rc-roles">
				{partyPlaces.map((place) => (
					<ChoiceField
						key={place}
						label={placeLabel(place)}
						value={roles[place]}
						options={options}
						onChange={(role) => onChange({ ...roles, [place]: role })}
					/>
				))}
			</div>
		</div>
	);
}
