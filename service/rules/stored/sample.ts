import type { Sample } from '../../contract/rule.ts';
import type { Message } from '../../messages/message.ts';
import { parseMessage } from '../../messages/parse-message.ts';
import type { KeptBounce, Report } from '../../report/report.ts';
import type { MailView } from '../mail-view.ts';
import { viewOf } from '../mail-view.ts';

/** A stored bounce as rules see it. */
export interface SampledBounce extends KeptBounce {
	view: MailView;
	/** What a person would read in its mail. */
	text: () => string;
}

/** A question asked while somebody waits looks at the newest so many; the job Apply Bounce Rules looks at all. */
const mostLookedAt = 5_000;
/** A kept mail can have a megabyte. */
const bouncesAPage = 100;

/** The newest stored bounces, page by page. */
export async function* walkSample(report: Report): AsyncGenerator<SampledBounce[]> {
	let before: number | undefined;
	for (let lookedAt = 0; lookedAt < mostLookedAt; lookedAt += bouncesAPage) {
		const page = await report.keptBounces({
			limit: bouncesAPage,
			...(before === undefined ? {} : { before }),
		});
		if (page.length > 0) yield page.map(asSampled);
		if (page.length < bouncesAPage) return;
		before = page.at(-1)?.bounce.id;
	}
}

/** All stored bounces, oldest first, page by page. */
export async function* walkAll(report: Report): AsyncGenerator<SampledBounce[]> {
	let after = 0;
	for (;;) {
		const page = await report.keptBounces({ after, limit: bouncesAPage });
		if (page.length === 0) return;
		yield page.map(asSampled);
		after = page.at(-1)?.bounce.id ?? after;
	}
}

/** One stored bounce; undefined when its mail is no longer kept. */
export async function sampled(report: Report, id: number): Promise<SampledBounce | undefined> {
	const [kept] = await report.keptBounces({ ids: [id], limit: 1 });
	return kept && asSampled(kept);
}

/** Says how many bounces an answer stands on. */
export async function sampleOf(report: Report, lookedAt: number): Promise<Sample> {
	const stored = Math.max(lookedAt, await report.countKeptBounces());
	const all =
		stored === 1
			? 'The 1 stored bounce was'
			: `All ${stored.toLocaleString('en')} stored bounces were`;
	const sentence =
		stored === 0
			? 'There are no stored bounces to look at yet.'
			: lookedAt < stored
				? `The newest ${lookedAt.toLocaleString('en')} of ${stored.toLocaleString('en')} stored bounces were looked at.`
				: `${all} looked at.`;
	return { lookedAt, stored, sentence };
}

/** A report on thousands of recipients is parsed once, and no mail before a rule asks for it. */
const parsed = new WeakMap<KeptBounce['mail'], Message>();

function messageOf(mail: KeptBounce['mail']): Message {
	const known = parsed.get(mail);
	if (known) return known;
	const message = parseMessage(mail.bytes, mail.sizeBytes);
	parsed.set(mail, message);
	return message;
}

function asSampled(kept: KeptBounce): SampledBounce {
	const { diagnostic, isOnly, mail } = kept;
	const message = () => messageOf(mail);
	const view = once(() => viewOf(message(), { diagnostic, isOnly }));
	return {
		...kept,
		get view() {
			return view();
		},
		text: () => message().text,
	};
}

function once<Made>(make: () => Made): () => Made {
	let made: { it: Made } | undefined;
	return () => (made ??= { it: make() }).it;
}
