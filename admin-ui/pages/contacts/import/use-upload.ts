import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ContactImport } from '../../../../service/contract/contact.ts';
import { call } from '../../../api.ts';
import { asCallError } from '../../../hooks/use-call.ts';
import { CallError } from '../../../wire.ts';
import { partsOf, textOf } from './file-parts.ts';

/** Beyond this a browser tab and a shared host are no good place for an import. */
const largestFileBytes = 100_000_000;

export interface Upload {
	/** Parts that arrived, and parts in all; undefined while nothing is under way. */
	progress?: { done: number; total: number };
	error?: CallError;
	/** Sends the file in parts, from the start. */
	send: (file: File) => Promise<void>;
	/** Goes on with the part that did not arrive; undefined when nothing broke off. */
	goOn?: () => Promise<void>;
}

/** What has arrived of a file and what has not. */
interface Sending {
	id: number;
	parts: string[];
	done: number;
}

/** Uploads a file for an import; `onReady` gets the import once all of it has arrived. */
export function useUpload(onReady: (imported: ContactImport) => void): Upload {
	const [state, setState] = useState<{ sending?: Sending; error?: CallError; isBusy: boolean }>({
		isBusy: false,
	});
	const left = useRef(new AbortController());
	useEffect(() => {
		left.current = new AbortController();
		return () => left.current.abort();
	}, []);

	async function attempt(start: () => Promise<Sending>) {
		const { signal } = left.current;
		setState((before) => ({ ...before, error: undefined, isBusy: true }));
		let sending: Sending | undefined;
		try {
			sending = await start();
			while (sending.done < sending.parts.length) {
				setState({ sending, isBusy: true });
				const imported = await sendPart(sending, signal);
				sending = { ...sending, done: sending.done + 1 };
				if (sending.done === sending.parts.length) onReady(imported);
			}
		} catch (thrown) {
			if (!signal.aborted) setState({ sending, error: asCallError(thrown), isBusy: false });
		}
	}

	const { sending, error, isBusy } = state;
	return {
		progress: isBusy && sending ? { done: sending.done, total: sending.parts.length } : undefined,
		error,
		send: (file) => attempt(() => begin(file)),
		goOn: error && sending ? () => attempt(() => Promise.resolve(sending)) : undefined,
	};
}

async function begin(file: File): Promise<Sending> {
	if (file.size > largestFileBytes) {
		throw new CallError('too_large', tooLarge(), 0);
	}
	const parts = partsOf(textOf(new Uint8Array(await file.arrayBuffer())));
	const { id } = await call('startImport', { fileName: file.name });
	return { id, parts, done: 0 };
}

function sendPart({ id, parts, done }: Sending, signal: AbortSignal): Promise<ContactImport> {
	const isLast = done === parts.length - 1;
	return call('addImportPart', { id, part: done, text: parts[done]!, isLast }, signal);
}

function tooLarge(): string {
	return __(
		'The file has more than 100 MB. Split it into smaller ones and import them one after the other.',
		'return-channel',
	);
}
