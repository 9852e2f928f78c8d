import type { RunContext } from '../../jobs/job-book.ts';
import type { Site } from '../../site.ts';

/** Marks the rules that could not be tried in a run, so that they are left out until somebody mends them, and says so in
 *  the job log (requirement E5).
 *  @param problems rule id → what is wrong */
export async function reportProblems(
	problems: ReadonlyMap<number, string>,
	site: Site,
	run: Pick<RunContext, 'isDryRun' | 'note'>,
): Promise<void> {
	if (problems.size === 0) return;
	if (!run.isDryRun) await site.rules.noteProblems(problems);
	for (const problem of problems.values())
		await run.note('warning', `A rule was left out until it is mended. ${problem}`);
}
