import { partsAround } from '../words/evidence.ts';

/** A text with the words that decided marked in it. */
export function Evidence({ text, evidence }: { text: string; evidence: string | null }) {
	return (
		<>
			{partsAround(text, evidence).map((part, index) =>
				part.isEvidence ? <mark key={index}>{part.text}</mark> : part.text,
			)}
		</>
	);
}
