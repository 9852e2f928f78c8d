import { Button } from '@wordpress/components';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import type { Condition, Group } from '../../../../service/contract/contact.ts';
import { Empty } from '../../../components/states.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import { useFirstWrong } from '../../../hooks/use-first-wrong.ts';
import type { View } from '../../../hooks/use-view.ts';
import { searchInWords } from '../../../words/search.ts';
import type { ContactsKey } from '../contacts-view.ts';
import { ContactResults } from '../list/contact-results.tsx';
import { SavedViews } from '../list/saved-views.tsx';
import { BracketFields } from './bracket-fields.tsx';
import { draftIn, emptyLine, emptySearch, onHoldSearch, searchOf } from './search-draft.ts';
import type { Bracket, SearchDraft } from './search-draft.ts';

const mostBrackets = 8;

/** Where a search is put together from comparisons; what it finds stands below. */
export function SearchBuilder({ view }: { view: View<ContactsKey> }) {
	const { where } = view.values;
	const { data, reload } = useCall('listGroups', {});
	const groups = data?.rows ?? [];
	const search = (found: Condition) =>
		view.change({ where: JSON.stringify(found), paged: '', trash: '' });
	const asked = draftIn(where);
	return (
		<>
			<SavedViews view={view} />
			<SearchForm
				where={where}
				groups={groups}
				onSearch={search}
				onReset={() => view.change({ where: '', paged: '' })}
			/>
			{asked && searchOf(asked) ? (
				<ContactResults
					view={view}
					groups={groups}
					onChanged={reload}
					nothing={<Empty title={__('No contact is like that', 'return-channel')} />}
				/>
			) : (
				<Example onSearch={search} />
			)}
		</>
	);
}

interface FormProps {
	/** The search in the URL. */
	where: string;
	groups: Group[];
	onSearch: (search: Condition) => void;
	/** Takes the search out of the URL. */
	onReset: () => void;
}

function SearchForm({ where, groups, onSearch, onReset }: FormProps) {
	const [draft, setDraft] = useState<SearchDraft>(() => draftIn(where) ?? emptySearch);
	/** How often an incomplete search was tried. */
	const [tries, setTries] = useState(0);
	const form = useFirstWrong(tries);
	// Back, a saved view and the example put another search into the URL.
	useEffect(() => {
		setDraft(draftIn(where) ?? emptySearch);
		setTries(0);
	}, [where]);

	const search = searchOf(draft);
	const names = new Map(groups.map(({ id, name }) => [id, name]));
	const edit = (change: Partial<SearchDraft>) => setDraft((before) => ({ ...before, ...change }));
	const addGroup = useRef<HTMLButtonElement>(null);

	/** A group without conditions is gone, and what was focused in it; the focus goes to the button that makes one. */
	function editBracket(index: number, changed: Bracket) {
		const all = draft.brackets.map((bracket, at) => (at === index ? changed : bracket));
		edit({ brackets: all.filter(({ lines }) => lines.length > 0) });
		if (changed.lines.length === 0) addGroup.current?.focus();
	}

	function submit(event: FormEvent) {
		event.preventDefault();
		if (search) onSearch(search);
		else setTries(tries + 1);
	}

	return (
		<form ref={form} className="rc-search" onSubmit={submit} noValidate>
			<BracketFields
				label={__('Search', 'return-channel')}
				bracket={draft}
				groups={groups}
				hasProblemsShown={tries > 0}
				onChange={edit}
			/>
			{draft.brackets.map((bracket, index) => (
				<BracketFields
					key={index}
					label={__('Group of conditions', 'return-channel')}
					bracket={bracket}
					groups={groups}
					hasProblemsShown={tries > 0}
					onChange={(change) => editBracket(index, { ...bracket, ...change })}
					onRemove={() => editBracket(index, { ...bracket, lines: [] })}
				/>
			))}
			<p role="status" className="rc-search-words">
				{search
					? searchInWords(search, names)
					: __('Fill in what is missing, then search.', 'return-channel')}
			</p>
			<div className="rc-buttons">
				<Button type="submit" variant="primary" __next40pxDefaultSize>
					{__('Search', 'return-channel')}
				</Button>
				<Button
					ref={addGroup}
					variant="secondary"
					__next40pxDefaultSize
					disabled={draft.brackets.length >= mostBrackets}
					accessibleWhenDisabled
					onClick={() =>
						edit({ brackets: [...draft.brackets, { join: 'any', lines: [emptyLine] }] })
					}
				>
					{__('Add a group of conditions', 'return-channel')}
				</Button>
				<Button
					variant="tertiary"
					__next40pxDefaultSize
					onClick={() => {
						setDraft(emptySearch);
						onReset();
					}}
				>
					{__('Start anew', 'return-channel')}
				</Button>
			</div>
		</form>
	);
}

function Example({ onSearch }: { onSearch: (search: Condition) => void }) {
	return (
		<Empty title={__('Put a search together, or try this one', 'return-channel')}>
			<p>
				{__(
					'It finds everybody whose primary address gets no mail until it is released.',
					'return-channel',
				)}
			</p>
			<Button
				variant="secondary"
				__next40pxDefaultSize
				onClick={() => onSearch(searchOf(onHoldSearch)!)}
			>
				{__('Contacts, On Hold, Primary, =, Yes', 'return-channel')}
			</Button>
		</Empty>
	);
}
