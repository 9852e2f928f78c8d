import assert from 'node:assert/strict';
import { test } from 'vitest';
import { classify } from '../../service/classify/classify.ts';
import { parseMessage } from '../../service/messages/parse-message.ts';
import { aBounce } from '../support/a-bounce.ts';
import { aSite } from '../support/a-site.ts';

/** Ways to write an expression, as long lists that grew over the years have them; `%s` is the matter. */
const styles = [
	'%s',
	'(?:%s)',
	'(?i)\\b%s\\b',
	'^.*%s\\s*$',
	'[45]\\d{2}[- ](?:#?[45]\\.\\d{1,3}\\.\\d{1,3}\\s)?.*%s',
	'(?<!not )%s(?! listed)',
	'\\s++%s',
	'(?>[[:alpha:]]+\\h)%s',
	'(?P<said>%s).{0,40}(?:here|there|now)?',
	"\\Q(%s)\\E|it's %s(?#as one server says)",
	'(%s|%s)[^[:digit:]]{2,}',
	'%s\\.?\\Z',
] as const;

const matters: readonly [type: string, matter: string][] = [
	['AOL', 'complaints from your subscribers'],
	['Away', 'out of the office'],
	['DNS', 'name server (?:failed|timed out)'],
	['Host', 'connection (?:refused|reset)'],
	['Inactive', 'account (?:is |has been )?(?:closed|disabled)'],
	['Invalid', 'no such (?:user|person|mailbox)'],
	['Invalid', 'user unknown'],
	['Loop', 'too many hops'],
	['Quota', '(?:over|exceeded) quota'],
	['Quota', 'mailbox (?:is )?full'],
	['Relay', 'relay(?:ing)? denied'],
	['Spam', 'blocked (?:by|using) [\\w.]+'],
	['Syntax', 'syntax error'],
	['Syntax', 'unrecogni[sz]ed command'],
];

const patterns = matters
	.flatMap(([type, matter]) =>
		styles.map((style) => ({ type, expression: style.replaceAll('%s', () => matter) })),
	)
	.slice(0, 167);

const csv = [
	'"id","pattern","bounce_type"',
	...patterns.map(({ type, expression }, i) => `"${i + 1}","${expression}","${type}"`),
].join('\r\n');

test('a list of 167 patterns in PCRE’s words is imported in less than two seconds, and decides', async () => {
	const { site, sites } = await aSite();
	const start = process.cpuUsage();
	const report = await site.inTransaction((inside) =>
		inside.catalogueBook.importPatterns({ csv, replace: false, dryRun: false }),
	);
	const { user, system } = process.cpuUsage(start);

	assert.equal(report.added, 167);
	assert.ok(user + system < 2_000_000, `${(user + system) / 1e6} s`);

	const { catalogue } = (await sites.find(site.id))!;
	const mail = parseMessage(aBounce({ diagnostic: '550 5.1.1 The mailbox is full' }));
	const [verdict] = classify(mail, catalogue).verdicts;
	assert.equal(catalogue.patterns?.length, 167);
	assert.equal(verdict!.type, 'Quota');
	assert.match(verdict!.decidedBy, /^pattern \d+$/);
});
