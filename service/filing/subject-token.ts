/** Finds the token of a case or ticket in a subject: [case #12], [ticket #4f3a], [#12].
 *  @returns "#12"; null when there is none */
export function tokenIn(subject: string): string | null {
	const [, token] = pattern.exec(subject.slice(0, 1_000)) ?? [];
	return token ? `#${token}` : null;
}

const pattern =
	/\[\s{0,3}(?:(?:case|ticket|issue|request|fall|vorgang|dossier|caso|zaak|ärende|sag)\s{0,3})?#\s{0,3}([\p{L}\p{N}][\p{L}\p{N}._-]{0,31})\s{0,3}\]/iu;
