import { __, sprintf } from '@wordpress/i18n';
import { PageFrame } from '../../components/page-frame.tsx';
import { SectionNav } from '../../components/section-nav.tsx';
import { useView } from '../../hooks/use-view.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { idIn, oneOf } from '../../view-state.ts';
import { activityKeys, sectionNames } from './activities-view.ts';
import type { ActivityKey, SectionName } from './activities-view.ts';
import { FilingSettingsSection } from './filing-settings.tsx';
import { MailList } from './mail-list.tsx';
import { NeverFile } from './never-file.tsx';
import { OneMail } from './one-mail.tsx';

export function ActivitiesPage() {
	const view = useView(activityKeys);
	return (
		<PageFrame
			title={__('Filed mail', 'return-channel')}
			purpose={sprintf(
				/* translators: %s: the name of the site. */
				__('Mail that was filed with the contacts of %s.', 'return-channel'),
				theScreen().siteName,
			)}
		>
			<FiledMail view={view} />
		</PageFrame>
	);
}

function FiledMail({ view }: { view: View<ActivityKey> }) {
	const { values, change } = view;
	if (values.activity) {
		return (
			<OneMail
				key={values.activity}
				activityId={idIn(values.activity)}
				onOpen={(id) => change({ activity: String(id) })}
				onClose={() => change({ activity: '' })}
			/>
		);
	}
	const section = oneOf(sectionNames, values.section) ?? 'mails';
	return (
		<>
			<SectionNav
				label={__('Parts of this page', 'return-channel')}
				sections={sectionNames.map((name) => ({ name, title: sectionTitle(name) }))}
				shown={section}
				onShow={(name) => change({ section: name === 'mails' ? '' : name, paged: '', s: '' })}
			/>
			{section === 'mails' && <MailList view={view} />}
			{section === 'never-file' && <NeverFile view={view} />}
			{section === 'settings' && <FilingSettingsSection />}
		</>
	);
}

function sectionTitle(section: SectionName): string {
	const titles: Record<SectionName, string> = {
		mails: __('Mails', 'return-channel'),
		'never-file': __('Never file', 'return-channel'),
		settings: __('Settings', 'return-channel'),
	};
	return titles[section];
}
