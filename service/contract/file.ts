/** Answers that are files, not JSON: routes marked `answersFile`. */

/** The door sends it as an attachment that no browser runs. */
export interface AnsweredFile {
	fileName: string;
	/** "text/csv; charset=utf-8". */
	contentType: string;
	/** Known when the file is stored; undefined while it is being made. */
	sizeBytes?: number;
	content: AsyncIterable<Uint8Array>;
}
