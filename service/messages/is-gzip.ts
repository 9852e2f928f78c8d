/** Whether a file that begins so is gzip'ed with deflate (RFC 1952 §2.3.1). */
export function isGzip(beginning: Buffer): boolean {
	return beginning[0] === 0x1f && beginning[1] === 0x8b && beginning[2] === 0x08;
}
