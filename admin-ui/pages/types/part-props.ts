import type { CatalogueSettings } from '../../../service/contract/catalogue.ts';
import type { Draft } from './draft.ts';

/** What each part of the page gets: what is saved, and what is changed so far. */
export interface PartProps {
	settings: CatalogueSettings;
	draft: Draft;
	onEdit: (draft: Draft) => void;
	isLoading: boolean;
}
