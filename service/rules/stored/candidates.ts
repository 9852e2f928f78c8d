import type { Fault } from '../../contract/bounce.ts';
import type {
	CandidateReport,
	LookPlace,
	RuleAction,
	RuleSuggestion,
} from '../../contract/rule.ts';
import { ServiceError } from '../../errors.ts';
import type { Site } from '../../site.ts';
import { cluster } from '../cluster.ts';
import { RuleMatcher } from '../rule-matcher.ts';
import { suggestExpression, wordsOf } from '../suggest-expression.ts';
import { review } from './review.ts';
import { sampled, walkSample } from './sample.ts';
import type { SampledBounce } from './sample.ts';

/** Rules that one search adds at most, the most frequent first. */
const mostAdded = 50;
const mostExamples = 5;
const longestComment = 100;

/** The mildest action that fits whose fault it is; the administrator chooses. */
const usualActions: Readonly<Partial<Record<Fault, RuleAction[]>>> = {
	address: ['hold'],
	complaint: ['blacklist-subscriber'],
};

interface Unmatched {
	words: string;
	looksIn: LookPlace;
	fault: Fault;
	reasonLabel: string;
}

/** Suggests rules for the bounces that no rule matches, active or not (requirement E4), and adds them as candidates. What
 *  is a rule already, or was suggested and deleted, is not suggested again. */
export async function findCandidates(site: Site): Promise<CandidateReport> {
	const clusters = cluster(await unmatched(site), ({ words }) => words, mostAdded);
	const known = new Set([
		...(await site.rules.dismissed()),
		...(await site.rules.list()).map(({ expression }) => expression),
	]);
	let added = 0;
	for (const { expression, members } of clusters) {
		const [first] = members;
		if (!first || known.has(expression)) continue;
		known.add(expression);
		const { looksIn, fault, reasonLabel } = first;
		const fields = {
			expression,
			looksIn,
			actions: usualActions[fault] ?? [],
			state: 'candidate' as const,
			comment: '',
		};
		const isOneCause = members.every((member) => member.fault === fault);
		const comment = isOneCause ? reasonLabel.slice(0, longestComment) : '';
		await site.rules.add({ ...fields, comment }, 'suggested', site.now());
		added += 1;
	}
	return { added, ...(await suggestedSoFar(site)) };
}

/** Fields for a rule that matches one bounce and others like it.
 *  @throws ServiceError not-found, or conflict when its mail has no words to make a rule from. */
export async function suggestRule(site: Site, bounceId: number): Promise<RuleSuggestion> {
	const bounce = await sampled(site.report, bounceId);
	if (!bounce)
		throw new ServiceError(
			'not-found',
			'There is no such bounce, or its mail is no longer kept, so no rule can be made from it.',
		);
	const { words, looksIn, fault, reasonLabel } = understood(bounce);
	const expression = suggestExpression(words);
	if (!expression)
		throw new ServiceError(
			'conflict',
			'This mail says too little to make a rule from. Look at the raw mail and write the expression yourself.',
			{ problem: 'no-words' },
		);
	return {
		bounceId,
		madeFrom: words,
		expression,
		looksIn,
		actions: usualActions[fault] ?? [],
		state: 'active',
		comment: bounce.bounce.isRecognised ? reasonLabel : '',
	};
}

async function suggestedSoFar(site: Site): Promise<Omit<CandidateReport, 'added'>> {
	const rules = await site.rules.list();
	const suggested = rules.filter(
		({ origin, state }) => origin === 'suggested' && state === 'candidate',
	);
	const watched = new Set(suggested.map(({ id }) => id));
	const found = await review(site.report, rules, { watched, mostKept: mostExamples });
	const candidates = suggested.flatMap((rule) => {
		const reviewed = found.rules.get(rule.id);
		if (!reviewed) return [];
		const { matched, examples, types, conflicts } = reviewed;
		return [{ rule, members: matched, examples, types, conflicts }];
	});
	return { ...found.sample, candidates: candidates.sort((a, b) => b.members - a.members) };
}

async function unmatched(site: Site): Promise<Unmatched[]> {
	const rules = new RuleMatcher(await site.rules.list());
	const found: Unmatched[] = [];
	for await (const page of walkSample(site.report)) {
		for (const bounce of page) if (!rules.first(bounce.view)) found.push(understood(bounce));
	}
	return found;
}

function understood({ bounce, diagnostic, evidence, isOnly, text }: SampledBounce): Unmatched {
	const words = wordsOf(diagnostic, evidence, isOnly ? text() : '');
	return {
		words,
		looksIn: words === diagnostic ? 'diagnostic' : 'text',
		fault: bounce.fault,
		reasonLabel: bounce.reasonLabel,
	};
}
