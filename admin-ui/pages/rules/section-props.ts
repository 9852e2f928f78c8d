import type { Rule } from '../../../service/contract/rule.ts';
import type { View } from '../../hooks/use-view.ts';
import type { RulesKey } from './rules-view.ts';

/** What each part of the page gets. */
export interface SectionProps {
	/** All rules, in their order. */
	rules: Rule[];
	view: View<RulesKey>;
	onChanged: () => void;
}
