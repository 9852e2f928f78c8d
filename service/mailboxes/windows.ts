import type { MailReading, MailStore, ReadingLimits } from './mail-store.ts';

/** Cuts a list of mails into windows that keep to the limits; a mail alone may be bigger than a window.
 *  @param mails in the order to read them; `sizeBytes` is the mail's whole size */
export function planWindows<Mail extends { sizeBytes: number }>(
	mails: readonly Mail[],
	{ windowSize, windowBytes, readLimitBytes }: ReadingLimits,
): Mail[][] {
	const windows: Mail[][] = [];
	let window: Mail[] = [];
	let bytes = 0;
	for (const mail of mails) {
		const read = Math.min(mail.sizeBytes, readLimitBytes);
		if (window.length > 0 && (window.length >= windowSize || bytes + read > windowBytes)) {
			windows.push(window);
			window = [];
			bytes = 0;
		}
		window.push(mail);
		bytes += read;
	}
	return window.length > 0 ? [...windows, window] : windows;
}

/** The ignored mails of a mailbox, where they lie in a folder that can be read as a mailbox of its own.
 *  @param folder may be missing while there are none */
export function readIfAny(mailbox: MailStore, folder: MailReading): MailReading {
	return {
		async *windows() {
			if ((await mailbox.countIgnored()) > 0) yield* folder.windows();
		},
		pieces: (mail) => folder.pieces(mail),
	};
}

/** Yields what `fetchNext` gives until it gives undefined, and has it fetch one more while the caller works on the
 *  present one. A failure comes up when its turn is there, so what was fetched before it is still worked on. */
export async function* oneAhead<Window>(
	fetchNext: () => Promise<Window | undefined>,
): AsyncGenerator<Window, void, undefined> {
	let coming = fetchNext();
	for (;;) {
		const window = await coming;
		if (window === undefined) return;
		coming = fetchNext();
		// When the caller stops early nobody awaits this one, and its failure concerns nobody.
		coming.catch(() => undefined);
		yield window;
	}
}

/** Like `oneAhead` with several windows under way, so that the line to a far server is never empty: `fetch` is called for the
 *  next plans while earlier windows are on their way or worked on. A failure comes up when its turn is there.
 *  @param sizeOf how many bytes a plan brings; no more than `mostBytes` are asked for ahead, but always one window
 *  @param most windows under way */
export async function* severalAhead<Plan, Window>(
	plans: AsyncIterator<Plan>,
	fetch: (plan: Plan) => Promise<Window>,
	{ sizeOf, mostBytes, most }: { sizeOf: (plan: Plan) => number; mostBytes: number; most: number },
): AsyncGenerator<Window, void, undefined> {
	const underWay: { window: Promise<Window>; bytes: number }[] = [];
	let bytesUnderWay = 0;
	let isOver = false;
	const ask = async (): Promise<void> => {
		try {
			const { done, value } = await plans.next();
			if (done) isOver = true;
			else begin(fetch(value), sizeOf(value));
		} catch (error) {
			isOver = true;
			begin(Promise.reject(error), 0);
		}
	};
	const begin = (window: Promise<Window>, bytes: number): void => {
		// When the caller stops early nobody awaits it, and its failure concerns nobody.
		window.catch(() => undefined);
		underWay.push({ window, bytes });
		bytesUnderWay += bytes;
	};

	for (;;) {
		while (
			!isOver &&
			underWay.length < most &&
			(underWay.length === 0 || bytesUnderWay < mostBytes)
		)
			await ask();
		const next = underWay.shift();
		if (!next) return;
		const window = await next.window;
		bytesUnderWay -= next.bytes;
		yield window;
	}
}
