export interface TextPart {
	text: string;
	/** True for the words that decided. */
	isEvidence: boolean;
}

/** Cuts a text into the words that decided and the rest. Line breaks and runs of spaces count as one space, because the
 *  evidence was found in unfolded text. Returns the whole text as one part when the evidence is not in it. */
export function partsAround(text: string, evidence: string | null): TextPart[] {
	const words = (evidence ?? '').trim().split(/\s+/).filter(Boolean);
	const found = words.length
		? new RegExp(words.map(literally).join('\\s+'), 'i').exec(text)
		: undefined;
	if (!found) return [{ text, isEvidence: false }];

	const end = found.index + found[0].length;
	return [
		{ text: text.slice(0, found.index), isEvidence: false },
		{ text: found[0], isEvidence: true },
		{ text: text.slice(end), isEvidence: false },
	].filter((part) => part.text);
}

function literally(word: string): string {
	return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
