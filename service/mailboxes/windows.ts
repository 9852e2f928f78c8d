import type { ReadingLimits } from './mail-store.ts';

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
