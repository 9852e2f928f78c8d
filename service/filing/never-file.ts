/** The patterns of the never-file list that an address may stand under: itself, its domain and the domains above.
 *  @param email lower case */
export function patternsFor(email: string): string[] {
	const labels = email.slice(email.lastIndexOf('@') + 1).split('.');
	return [email, ...labels.map((_, at) => labels.slice(at).join('.'))];
}
