/** Windows' code pages that the Encoding Standard calls otherwise than by their number. */
const names: Readonly<Record<number, string>> = {
	874: 'windows-874',
	932: 'shift_jis',
	936: 'gb18030',
	949: 'euc-kr',
	950: 'big5',
	1200: 'utf-16le',
	10000: 'macintosh',
	20127: 'ascii',
	20866: 'koi8-r',
	20932: 'euc-jp',
	21866: 'koi8-u',
	50220: 'iso-2022-jp',
	50221: 'iso-2022-jp',
	50222: 'iso-2022-jp',
	51932: 'euc-jp',
	51949: 'euc-kr',
	52936: 'hz-gb-2312',
	54936: 'gb18030',
	65000: 'utf-7',
	65001: 'utf-8',
};

/** The charset that a number of Windows means: 1252 → "windows-1252", 28592 → "iso-8859-2", 437 → "cp437". */
export function charsetOfCodePage(page: number): string {
	if (names[page]) return names[page];
	if (page >= 1250 && page <= 1258) return `windows-${page}`;
	if (page > 28590 && page <= 28606) return `iso-8859-${page - 28590}`;
	return page > 0 && page < 1200 ? `cp${page}` : 'windows-1252';
}
