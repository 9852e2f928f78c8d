import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { ListBody } from '../../components/list-body.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { SectionNav } from '../../components/section-nav.tsx';
import { Empty } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useView } from '../../hooks/use-view.ts';
import { Panels } from '../../panels/panels.tsx';
import { theScreen } from '../../screen.ts';
import { oneOf } from '../../view-state.ts';
import { addressCount } from '../../words/holds.ts';
import { DoNotSendList } from './do-not-send-list.tsx';
import { HoldFilters } from './hold-filters.tsx';
import { HoldTable } from './hold-table.tsx';
import { filterKeys, holdKeys, holdsAsked, noFilters } from './hold-view.ts';

export function OnHoldPage() {
	return (
		<PageFrame
			title={__('On hold', 'return-channel')}
			purpose={sprintf(
				/* translators: %s: the name of the site. */
				__('Addresses that get no mail from %s.', 'return-channel'),
				theScreen().siteName,
			)}
		>
			<Sections />
		</PageFrame>
	);
}

const sectionKeys = ['section', 'paged', 's'] as const;
const sectionNames = ['holds', 'do-not-send'] as const;
type SectionName = (typeof sectionNames)[number];

function Sections() {
	const { values, change } = useView(sectionKeys);
	const section = oneOf(sectionNames, values.section) ?? 'holds';
	return (
		<>
			<SectionNav
				label={__('Parts of this page', 'return-channel')}
				sections={sectionNames.map((name) => ({ name, title: sectionTitle(name) }))}
				shown={section}
				onShow={(name) => change({ section: name === 'holds' ? '' : name, paged: '', s: '' })}
			/>
			{section === 'holds' ? <HoldList /> : <DoNotSendList />}
		</>
	);
}

function sectionTitle(section: SectionName): string {
	const titles: Record<SectionName, string> = {
		holds: __('On hold', 'return-channel'),
		'do-not-send': __('Do-not-send list', 'return-channel'),
	};
	return titles[section];
}

function HoldList() {
	const view = useView(holdKeys);
	const { values } = view;
	const list = useCall('listAddressesOnHold', holdsAsked(values));
	const { data, error, isLoading, reload } = list;

	const isFiltered = values.s !== '' || filterKeys.some((key) => values[key]);
	return (
		<>
			{(data ? isFiltered || isLoading || data.total > 0 : !error) && <HoldFilters view={view} />}
			<ListBody
				list={list}
				view={view}
				fetching={__('Fetching the addresses on hold…', 'return-channel')}
				nothing={<NoneOnHold isFiltered={isFiltered} onShowAll={() => view.change(noFilters)} />}
				count={addressCount}
			>
				{(rows) => (
					<HoldTable
						rows={rows}
						total={data?.total ?? 0}
						isLoading={isLoading}
						view={view}
						onChanged={reload}
					/>
				)}
			</ListBody>
			<Panels onChanged={reload} />
		</>
	);
}

function NoneOnHold({ isFiltered, onShowAll }: { isFiltered: boolean; onShowAll: () => void }) {
	if (isFiltered) {
		return (
			<Empty title={__('No address matches', 'return-channel')}>
				<Button variant="secondary" onClick={onShowAll}>
					{__('Show all addresses on hold', 'return-channel')}
				</Button>
			</Empty>
		);
	}
	const { bounces } = theScreen().pageUrls ?? {};
	return (
		<Empty title={__('No address is on hold', 'return-channel')}>
			<p>
				{__(
					'Every address gets mail. An address is put on hold when enough of its mail bounces; you can also hold one by hand from the history of an address.',
					'return-channel',
				)}
			</p>
			{bounces && (
				<Button variant="secondary" __next40pxDefaultSize href={bounces}>
					{__('Look at the bounces', 'return-channel')}
				</Button>
			)}
		</Empty>
	);
}
