/** The addresses and domains in what somebody typed or pasted: parted by lines, commas, semicolons or spaces, each once. */
export function patternsIn(typed: string): string[] {
	return [...new Set(typed.split(/[\s,;]+/).filter(Boolean))];
}

/** What the service says is wrong, with the pattern it is about: it names them by their place ("patterns.3"). */
export function problemOfPatterns(
	patterns: readonly string[],
	problems: Readonly<Record<string, string>>,
): string | undefined {
	for (const [field, sentence] of Object.entries(problems)) {
		if (field === 'patterns') return sentence;
		const place = /^patterns\.(\d+)$/.exec(field)?.[1];
		if (place !== undefined) return `“${patterns[Number(place)] ?? ''}”: ${sentence}`;
	}
	return undefined;
}
