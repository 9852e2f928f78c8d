const lineHeightPx = 22;
const charactersInLine = 90;
const leastPx = 160;
const mostPx = 640;

/** About how high a frame has to be for a text, in pixels. What is inside can't be measured: the frame lets nobody in. */
export function frameHeight(text: string, pictures: number): number {
	const lines = text
		.split('\n')
		.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / charactersInLine)), 0);
	const height = 60 + lines * lineHeightPx + pictures * 120;
	return Math.min(mostPx, Math.max(leastPx, height));
}
