/** Where a command writes: lines for people or programs, and complaints. */
export interface Out {
	write(line: string): void;
	complain(line: string): void;
}
