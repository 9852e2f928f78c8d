import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { PageFrame } from '../../components/page-frame.tsx';
import { SectionNav } from '../../components/section-nav.tsx';
import { Failing, Skeleton } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useView } from '../../hooks/use-view.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { oneOf } from '../../view-state.ts';
import { Counting } from './counting.tsx';
import { changesOf, noDraft } from './draft.ts';
import type { PartProps } from './part-props.ts';
import { PatternList } from './pattern-list.tsx';
import { PresetChoice } from './preset-choice.tsx';
import { ReasonTable } from './reason-table.tsx';
import { SaveBar } from './save-bar.tsx';
import { TypeTable } from './type-table.tsx';
import { sectionNames, typesKeys } from './types-view.ts';
import type { SectionName, TypesKey } from './types-view.ts';

export function TypesPage() {
	return (
		<PageFrame
			title={__('Types & patterns', 'return-channel')}
			purpose={sprintf(
				/* translators: %s: the name of the site. */
				__(
					'How bounces of %s are understood, and when they put an address on hold.',
					'return-channel',
				),
				theScreen().siteName,
			)}
		>
			<Catalogue />
		</PageFrame>
	);
}

function Catalogue() {
	const view = useView(typesKeys);
	const { data: settings, error, isLoading, reload } = useCall('getCatalogue', {});
	const [draft, setDraft] = useState(noDraft);
	const section = oneOf(sectionNames, view.values.section) ?? 'types';
	return (
		<>
			<SectionNav
				label={__('Parts of this page', 'return-channel')}
				sections={sectionNames.map((name) => ({ name, title: sectionTitle(name) }))}
				shown={section}
				onShow={(name) =>
					view.change({ section: name === 'types' ? '' : name, paged: '', s: '', type: '' })
				}
			/>
			{error && <Failing error={error} onRetry={reload} />}
			{!settings && !error && (
				<Skeleton sentence={__('Fetching the types and reasons…', 'return-channel')} />
			)}
			{settings && !error && (
				<CatalogueSection
					section={section}
					parts={{ settings, draft, onEdit: setDraft, isLoading }}
					view={view}
					onChanged={reload}
				/>
			)}
			{settings && (
				<SaveBar
					changes={changesOf(settings, draft)}
					onDiscard={() => setDraft(noDraft)}
					onSaved={() => {
						setDraft(noDraft);
						reload();
					}}
				/>
			)}
		</>
	);
}

function CatalogueSection({
	section,
	parts,
	view,
	onChanged,
}: {
	section: SectionName;
	parts: PartProps;
	view: View<TypesKey>;
	onChanged: () => void;
}) {
	if (section === 'reasons') return <ReasonTable {...parts} />;
	if (section === 'patterns') {
		return <PatternList settings={parts.settings} view={view} onChanged={onChanged} />;
	}
	return (
		<>
			<PresetChoice settings={parts.settings} onChanged={onChanged} />
			<TypeTable
				{...parts}
				onChanged={onChanged}
				onShowPatterns={(type) => view.change({ section: 'patterns', type: String(type.id) })}
			/>
			<Counting {...parts} />
		</>
	);
}

function sectionTitle(section: SectionName): string {
	const titles: Record<SectionName, string> = {
		types: __('Types', 'return-channel'),
		reasons: __('Reasons', 'return-channel'),
		patterns: __('Patterns', 'return-channel'),
	};
	return titles[section];
}
