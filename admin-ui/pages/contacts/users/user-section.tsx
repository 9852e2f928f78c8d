import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import type { Group, UserSyncSettings } from '../../../../service/contract/contact.ts';
import { call } from '../../../api.ts';
import { ChoiceField, FieldGroup } from '../../../components/fields.tsx';
import { useNotices } from '../../../components/notice-board.tsx';
import { Failing, Loading } from '../../../components/states.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import { useDeed } from '../../../hooks/use-deed.ts';
import { useUnsaved } from '../../../hooks/use-unsaved.ts';
import { theScreen } from '../../../screen.ts';
import { idIn } from '../../../view-state.ts';

/** How WordPress's users become contacts. */
export function UserSection() {
	const settings = useCall('getUserSync', {});
	const groups = useCall('listGroups', {});
	const error = settings.error ?? groups.error;
	if (error) {
		return (
			<Failing
				error={error}
				onRetry={() => {
					settings.reload();
					groups.reload();
				}}
			/>
		);
	}
	if (!settings.data || !groups.data) {
		return <Loading sentence={__('Fetching the settings…', 'return-channel')} />;
	}
	return (
		<UserForm
			key={JSON.stringify(settings.data)}
			settings={settings.data}
			groups={groups.data.rows}
			onSaved={settings.reload}
		/>
	);
}

interface Props {
	settings: UserSyncSettings;
	groups: Group[];
	onSaved: () => void;
}

function UserForm({ settings, groups, onSaved }: Props) {
	const [draft, setDraft] = useState(settings);
	const { isBusy, error, attempt } = useDeed();
	const { post } = useNotices();
	const isUnsaved = JSON.stringify(draft) !== JSON.stringify(settings);
	useUnsaved(isUnsaved);
	const { canManage } = theScreen();

	async function save(event: FormEvent) {
		event.preventDefault();
		if (!(await attempt(() => call('changeUserSync', draft)))) return;
		onSaved();
		post({
			status: 'success',
			sentence: __(
				'Saved. It applies to each user as soon as WordPress tells of it again, at the latest with the next full comparison.',
				'return-channel',
			),
		});
	}

	return (
		<form className="rc-form" onSubmit={(event) => void save(event)}>
			<FieldGroup title={__('Users of a role join a group', 'return-channel')}>
				<p>
					{__(
						'Every WordPress user with an e-mail address is a contact and follows the profile. A user who loses a role leaves its group, unless somebody put the contact there by hand.',
						'return-channel',
					)}
				</p>
				{rolesOf(draft).map(([role, label]) => (
					<ChoiceField
						key={role}
						label={label}
						value={String(draft.groupOfRole[role] ?? '')}
						options={[
							{ value: '', label: __('No group', 'return-channel') },
							...groups.map(({ id, name }) => ({ value: String(id), label: name })),
						]}
						onChange={(group) => setDraft(withGroup(draft, role, idIn(group)))}
					/>
				))}
			</FieldGroup>
			<FieldGroup title={__('When a user is deleted', 'return-channel')}>
				<ChoiceField
					label={__('The contact of the user', 'return-channel')}
					value={draft.whenUserGoes}
					options={[
						{ value: 'keep', label: __('stays a contact', 'return-channel') },
						{ value: 'delete', label: __('goes to the trash', 'return-channel') },
					]}
					onChange={(whenUserGoes) => setDraft({ ...draft, whenUserGoes })}
				/>
			</FieldGroup>
			{error && (
				<p className="rc-problem" role="alert">
					{error.message}
				</p>
			)}
			{canManage && (
				<Button
					type="submit"
					variant="primary"
					__next40pxDefaultSize
					isBusy={isBusy}
					disabled={isBusy || !isUnsaved}
					accessibleWhenDisabled
				>
					{__('Save the settings', 'return-channel')}
				</Button>
			)}
		</form>
	);
}

/** The site's roles, and those that are set and that no plugin defines any more. */
function rolesOf({ groupOfRole }: UserSyncSettings): [role: string, label: string][] {
	const roles = theScreen().roles ?? {};
	const gone = Object.keys(groupOfRole).filter((role) => !(role in roles));
	return [
		...Object.entries(roles),
		...gone.map((role): [string, string] => [
			role,
			/* translators: %s: the name of a role. */
			sprintf(__('%s (this role is gone)', 'return-channel'), role),
		]),
	];
}

function withGroup(
	settings: UserSyncSettings,
	role: string,
	groupId: number | undefined,
): UserSyncSettings {
	const { [role]: _, ...others } = settings.groupOfRole;
	return {
		...settings,
		groupOfRole: groupId === undefined ? others : { ...others, [role]: groupId },
	};
}
