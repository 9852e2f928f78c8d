/** Hands a file to the browser to save. */
export function download(
	fileName: string,
	type: string,
	content: string | Uint8Array<ArrayBuffer>,
) {
	const url = URL.createObjectURL(new Blob([content], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = fileName;
	link.click();
	URL.revokeObjectURL(url);
}
