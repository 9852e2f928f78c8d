/** `npm run bench:classify [-- FOLDER]`: mails per CPU second, MIME parsing included, on one core; mailparser alone and a
 *  naive loop over 400 regular expressions beside it, on the same mails in the same run. */
import { simpleParser } from 'mailparser';
import { mailsIn } from '../../service/cli/classify.ts';
import { classify } from '../../service/classify/classify.ts';
import { shippedCatalogue } from '../../service/classify/presets.ts';
import { shippedReasons } from '../../service/classify/reasons/index.ts';
import { parseMessage } from '../../service/messages/parse-message.ts';
import { generateBounce } from '../support/bounce-generator.ts';

const seed = 20_261_121;
const howMany = 1_500;
const [folder] = process.argv.slice(2);
const mails = folder
	? await bytesOf(folder)
	: Array.from({ length: howMany }, (_, n) =>
			generateBounce(
				n,
				`return+b.1.${n}.0123456789abcdef@lists.example.org`,
				`user${n}@host${n % 97}.example.com`,
				seed,
			),
		);
const catalogue = shippedCatalogue('recommended');
const megabytes = mails.reduce((sum, { length }) => sum + length, 0) / 2 ** 20;
console.log(
	`${mails.length} mails, ${megabytes.toFixed(1)} MiB, ${folder ?? `generated with seed ${seed}`}`,
);

measure('parse and classify', () => {
	for (const mail of mails) classify(parseMessage(mail), catalogue);
});
console.log(`      peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
measure('parse only', () => {
	for (const mail of mails) parseMessage(mail);
});

const texts = mails.map((mail) => mail.toString('latin1').slice(0, 2_000));
const expressions = naiveExpressions(400);
measure(`${expressions.length} regular expressions, one after another`, () => {
	for (const text of texts) expressions.find((expression) => expression.test(text));
});

const some = mails.slice(0, 600);
const before = process.cpuUsage();
for (const mail of some) {
	await simpleParser(mail, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
}
print('mailparser alone', some.length, process.cpuUsage(before));

/** Two rounds warm up; of five more the best counts, as the machine may be busy with other things. */
function measure(what: string, round: () => void): void {
	round();
	round();
	const rounds = [1, 2, 3, 4, 5].map(() => {
		const start = process.cpuUsage();
		round();
		return process.cpuUsage(start);
	});
	const total = ({ user, system }: NodeJS.CpuUsage) => user + system;
	print(what, mails.length, rounds.sort((a, b) => total(a) - total(b))[0]!);
}

function print(what: string, count: number, { user, system }: NodeJS.CpuUsage): void {
	const rate = Math.round(count / ((user + system) / 1e6));
	console.log(`${String(rate).padStart(8)} mails per CPU second  ${what}`);
}

/** As many expressions as a parser in daily use tries on each mail: our phrases, spelled out. */
function naiveExpressions(count: number): RegExp[] {
	const phrases = shippedReasons
		.flatMap(({ says }) => says)
		.filter((text) => /^[ -~]+$/.test(text));
	return phrases.slice(0, count).map((text) => {
		const escaped = text.replace(/[.+?^${}[\]\\]/g, '\\$&').replaceAll('*', '.{0,50}');
		return new RegExp(escaped.replaceAll(' ', '\\s+'), 'i');
	});
}

async function bytesOf(path: string): Promise<Buffer[]> {
	const all: Buffer[] = [];
	for await (const { bytes } of mailsIn(path)) all.push(bytes);
	return all;
}
