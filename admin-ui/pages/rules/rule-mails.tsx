import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Rule } from '../../../service/contract/rule.ts';
import { Pager } from '../../components/pager.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { Empty, Failing, Loading } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { rowsPerPage } from '../../view-state.ts';
import { figure } from '../../words/figures.ts';
import { ruleName } from '../../words/rules.ts';
import { MatchedBounces } from './matched-bounces.tsx';

/** The stored bounces that one rule matches, caught by another or not. */
export function RuleMails({ rule, onClose }: { rule: Rule; onClose: () => void }) {
	const [page, setPage] = useState(1);
	const asked = { id: rule.id, page, per_page: rowsPerPage };
	const { data, error, reload } = useCall('listRuleBounces', asked);
	return (
		<SidePanel title={ruleName(rule)} onClose={onClose}>
			{error && <Failing error={error} onRetry={reload} />}
			{!data && !error && <Loading sentence={__('Fetching the bounces…', 'return-channel')} />}
			{data?.total === 0 && <Empty title={__('It matches no bounce', 'return-channel')} />}
			{data && data.total > 0 && (
				<>
					<MatchedBounces matches={data.rows} />
					<Pager
						page={page}
						total={data.total}
						count={sprintf(
							/* translators: %s: number of bounces. */
							_n('%s bounce', '%s bounces', data.total, 'return-channel'),
							figure(data.total),
						)}
						onChange={setPage}
					/>
				</>
			)}
		</SidePanel>
	);
}
