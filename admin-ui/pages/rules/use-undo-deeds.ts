import { call } from '../../api.ts';
import type { Asked } from '../../api.ts';
import { useUndoing } from '../../hooks/use-undoing.ts';

/** Undoes what rules did (one deed, all of a rule, all of a run) and says what came of it. */
export function useUndoDeeds(onChanged: () => void): (asked: Asked<'undoDeeds'>) => Promise<void> {
	const { undo } = useUndoing(onChanged);
	return (asked) => undo(() => call('undoDeeds', asked));
}
