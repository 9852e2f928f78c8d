import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { PageFrame } from '../../components/page-frame.tsx';
import { SectionNav } from '../../components/section-nav.tsx';
import { Failing, Loading, Skeleton } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useView } from '../../hooks/use-view.ts';
import type { View } from '../../hooks/use-view.ts';
import { Panels } from '../../panels/panels.tsx';
import { theScreen } from '../../screen.ts';
import { oneOf } from '../../view-state.ts';
import { Candidates } from './candidates.tsx';
import { DeedList } from './deed-list.tsx';
import { RuleCheckSection } from './rule-check.tsx';
import { RuleEditor } from './rule-editor.tsx';
import { RuleList } from './rule-list.tsx';
import { rulesKeys, sectionNames } from './rules-view.ts';
import type { RulesKey, SectionName } from './rules-view.ts';
import type { SectionProps } from './section-props.ts';

export function RulesPage() {
	const view = useView(rulesKeys);
	const isEditing = view.values.rule !== '';
	return (
		<PageFrame
			title={__('Rules', 'return-channel')}
			purpose={sprintf(
				/* translators: %s: the name of the site. */
				__(
					'What happens to people of %s whose mail comes back with certain words.',
					'return-channel',
				),
				theScreen().siteName,
			)}
			actions={
				theScreen().canManage &&
				!isEditing && (
					<Button
						variant="primary"
						__next40pxDefaultSize
						onClick={() => view.change({ rule: 'new' })}
					>
						{__('Add a rule', 'return-channel')}
					</Button>
				)
			}
		>
			<Rules view={view} />
		</PageFrame>
	);
}

function Rules({ view }: { view: View<RulesKey> }) {
	const { data, error, isLoading, reload } = useCall('listRules', {});
	const { values, change } = view;
	const close = () => change({ rule: '', from: '', expression: '' });
	const fetching = __('Fetching the rules…', 'return-channel');
	if (values.rule && theScreen().canManage) {
		if (error) return <Failing error={error} onRetry={reload} />;
		if (!data) return <Loading sentence={fetching} />;
		return (
			<RuleEditor
				key={`${values.rule}-${values.from}`}
				view={view}
				rules={data.rows}
				onSaved={() => {
					reload();
					close();
				}}
				onCancel={close}
			/>
		);
	}
	const section = oneOf(sectionNames, values.section) ?? 'rules';
	return (
		<>
			<SectionNav
				label={__('Parts of this page', 'return-channel')}
				sections={sectionNames.map((name) => ({ name, title: sectionTitle(name) }))}
				shown={section}
				onShow={(name) => change({ section: name === 'rules' ? '' : name, paged: '', by: '' })}
			/>
			{error && <Failing error={error} onRetry={reload} />}
			{!data && !error && <Skeleton sentence={fetching} />}
			{data && !error && (
				<RulesSection
					section={section}
					parts={{ rules: data.rows, view, onChanged: reload }}
					isLoading={isLoading}
				/>
			)}
			<Panels onChanged={reload} />
		</>
	);
}

function RulesSection({
	section,
	parts,
	isLoading,
}: {
	section: SectionName;
	parts: SectionProps;
	isLoading: boolean;
}) {
	if (section === 'check') return <RuleCheckSection {...parts} />;
	if (section === 'candidates') return <Candidates {...parts} />;
	if (section === 'deeds') return <DeedList {...parts} />;
	return <RuleList {...parts} isLoading={isLoading} />;
}

function sectionTitle(section: SectionName): string {
	const titles: Record<SectionName, string> = {
		rules: __('Rules', 'return-channel'),
		check: __('Check current rules', 'return-channel'),
		candidates: __('Candidates', 'return-channel'),
		deeds: __('What rules did', 'return-channel'),
	};
	return titles[section];
}
