import { Button } from '@wordpress/components';
import { useEffect } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { call } from '../../api.ts';
import { useNotices } from '../../components/notice-board.tsx';
import { useDeed } from '../../hooks/use-deed.ts';
import { figure } from '../../words/figures.ts';
import type { Changes } from './draft.ts';
import { WhatIfAnswer } from './what-if-answer.tsx';

interface Props {
	changes: Changes;
	onDiscard: () => void;
	onSaved: () => void;
}

/** Stands at the foot of the window while something is changed and not saved: what it would do, and the two ways out. */
export function SaveBar({ changes, onDiscard, onSaved }: Props) {
	const { isBusy, error, attempt, forget } = useDeed();
	const { post } = useNotices();
	const { asked, count, isRight } = changes;
	useLeaveWarning(count > 0);
	if (count === 0) return null;

	async function save() {
		if (!(await attempt(() => call('changeCatalogue', asked)))) return;
		onSaved();
		post({
			status: 'success',
			sentence: __(
				'Saved. It applies to the bounces that come from now on; what is recorded and who is on hold stays as it is.',
				'return-channel',
			),
		});
	}

	return (
		<section
			className="rc-save-bar"
			aria-label={__('Changes that are not saved', 'return-channel')}
		>
			<div>
				<p>
					<strong>
						{sprintf(
							/* translators: %s: number of changes. */
							_n('%s change is not saved.', '%s changes are not saved.', count, 'return-channel'),
							figure(count),
						)}
					</strong>
				</p>
				{error && (
					<p className="rc-problem" role="alert">
						{error.message}
					</p>
				)}
				{isRight ? (
					<WhatIfAnswer change={asked} />
				) : (
					<p className="rc-problem">
						{__('Mend the number that is marked first.', 'return-channel')}
					</p>
				)}
			</div>
			<div className="rc-buttons">
				<Button
					variant="primary"
					__next40pxDefaultSize
					isBusy={isBusy}
					disabled={isBusy || !isRight}
					accessibleWhenDisabled
					onClick={() => void save()}
				>
					{__('Save changes', 'return-channel')}
				</Button>
				<Button
					variant="secondary"
					__next40pxDefaultSize
					onClick={() => {
						forget();
						onDiscard();
					}}
				>
					{__('Discard', 'return-channel')}
				</Button>
			</div>
		</section>
	);
}

/** The browser asks before it leaves a page with changes. */
function useLeaveWarning(isNeeded: boolean) {
	useEffect(() => {
		if (!isNeeded) return;
		const ask = (event: BeforeUnloadEvent) => event.preventDefault();
		window.addEventListener('beforeunload', ask);
		return () => window.removeEventListener('beforeunload', ask);
	}, [isNeeded]);
}
