/** "1 mail", "1,200 mails". */
export function mails(count: number): string {
	return `${count.toLocaleString('en')} ${count === 1 ? 'mail' : 'mails'}`;
}

/** "was" or "were". */
export function were(count: number): string {
	return count === 1 ? 'was' : 'were';
}
