/** Contents of files of one site, each kept once and named by its SHA-256 (hexadecimal, lower case). They go in and come out
 *  in pieces, so that no file is ever in memory as a whole. A content that nothing names is deleted after a while. */
export interface Blobs {
	/** Keeps contents; one that is kept already stays. */
	put(contents: ReadonlyMap<string, Buffer>, at: Date): Promise<void>;
	/** Keeps a content that comes in pieces and whose name is known only in the end. */
	begin(at: Date): Promise<BlobWriter>;
	/** The content in pieces; nothing when it is not kept. */
	read(sha256: string): AsyncIterable<Uint8Array>;
	/** Deletes contents stored before that no attachment and no kept mail names. @returns how many. */
	purgeUnnamed(before: Date): Promise<number>;
}

/** One content that comes in. Without `finish` nothing of it stays for long. */
export interface BlobWriter {
	write(bytes: Buffer): Promise<void>;
	/** @param sha256 of all that was written. */
	finish(sha256: string): Promise<void>;
	/** Forgets what was written. */
	abandon(): Promise<void>;
}
