/** A person's name in its parts. */
export interface PersonName {
	firstName: string;
	lastName: string;
	/** In the order in which the person's script writes it; empty when no name is known. */
	displayName: string;
	/** Where the person works, if the name says so: "Anna Berg (Example GmbH)". */
	employer: string;
}

const titles =
	/^(?:(?:dr|prof|professor|mr|mrs|ms|miss|mx|herr|hr|frau|fr|mme|mlle|m|monsieur|madame|sig|sig\.ra|sr|sra|srta|dhr|mevr|mw|ing|dipl\.?-?\s?ing|mag|rev|sir|dame|pan|pani)\.?\s+)+(?=\S)/i;
/** Behind the name; degrees go, generations stay with the last name. */
const degrees =
	/(?:,?\s+(?:ph\.?\s?d|m\.?d|mba|m\.?sc|b\.?sc|m\.?a|b\.?a|ll\.?m|esq|cpa|rn|dds|obe|mbe|ma|ba)\.?)+$/i;
const generations = /(?:,?\s+)(jr|sr|junior|senior|ii|iii|iv)(\.?)$/i;
/** Words a last name begins with (Dutch, German, French, Spanish, Portuguese, Italian, Arabic, Scandinavian). */
const particles = new Set(
	'van von vom zu zum zur de del della dello delle dei degli di da das do dos du den der des d la las le les los ter ten te af av bin ibn bint abu al el san y e'.split(
		' ',
	),
);
/** These are given names or family names of their own when they are written large. */
const lowOnly = new Set('da do la le di te ten e y san al el bin des den'.split(' '));
const organisationWords =
	/\b(?:gmbh|mbh|ag|kg|e\.\s?v\.|ev|inc|llc|ltd|limited|plc|corp|s\.?a\.?r\.?l|s\.?a|s\.?p\.?a|s\.?r\.?l|b\.?v|n\.?v|oy|ab|as|aps|z\s?o\.?\s?o|foundation|stiftung|verein|trust|association|university|universität|université|universidad|institut|institute|office|büro|team|support|service|kundenservice|newsletter|sekretariat|secretariat|committee|department|group|company)\b\.?/i;
const han = '\\p{Script=Han}';
const eastAsian = new RegExp(`^[${han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々]+$`, 'u');
const compoundHan =
	/^(?:欧阳|歐陽|司马|司馬|诸葛|諸葛|上官|司徒|东方|東方|夏侯|皇甫|尉迟|公孙|公孫|令狐|慕容)/u;
const compoundHangul = /^(?:남궁|황보|제갈|선우|사공|독고|서문)/u;
const honorifics = /(?:\s?(?:様|さん|先生|殿|님|씨|先生|女士|小姐))$/u;
const noName: PersonName = { firstName: '', lastName: '', displayName: '', employer: '' };

/** Parts a name as mails give it: "Berg, Anna", "Dr. Anna van der Berg-Holm, PhD", "山田 太郎", "Anna (Example GmbH)". Pure.
 *  @param written the display name; empty when the mail gives none
 *  @param email what "anna.berg@…" is read from then */
export function readName(written: string, email: string): PersonName {
	const { name, employer } = withoutAside(tidy(written));
	if (!name || name.toLowerCase() === email || /\S@\S/.test(name)) return nameInAddress(email);
	if (organisationWords.test(name) && !name.includes(','))
		return { ...noName, lastName: name, displayName: name };
	const asian = eastAsianName(name);
	if (asian) return { ...asian, employer };
	return { ...westernName(name), employer };
}

function tidy(written: string): string {
	return written
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/^(["'“”‘’«»‹›]+)(.*?)["'“”‘’«»‹›]+$/u, '$2')
		.trim();
}

/** What stands beside a name: "(Example GmbH)", "via Example List", "| Example Org". */
function withoutAside(written: string): { name: string; employer: string } {
	const [, aside = ''] = /[([]([^)\]]{2,100})[)\]]\s*$/.exec(written) ?? [];
	const name = written
		.replace(/\s*[([][^)\]]*[)\]]\s*/g, ' ')
		.replace(/\s+(?:via|über|per)\s.+$/i, '')
		.replace(/\s+[|–—•·]\s.+$/u, '')
		.trim();
	return { name, employer: organisationWords.test(aside) ? aside.trim() : '' };
}

function westernName(written: string): PersonName {
	const [before = '', after = ''] = parted(written.replace(degrees, ''));
	const plain = after === '' ? before : `${after} ${before}`;
	const generation = generations.exec(plain);
	const words = plain.replace(generations, '').replace(titles, '').split(' ').filter(Boolean);
	if (words.length === 0) return { ...noName, firstName: written, displayName: written };
	const suffix = generation ? ` ${generation[1]}${generation[2]}` : '';
	const familyWords =
		after === '' ? 0 : before.replace(titles, '').replace(generations, '').split(' ').length;
	const start = familyWords > 0 ? Math.max(1, words.length - familyWords) : startOfLastName(words);
	if (isFamilyFirst(words) && after === '')
		return named(words.slice(1).join(' '), titleCase(words[0]!), suffix);
	return named(words.slice(0, start).join(' '), words.slice(start).join(' '), suffix);
}

function named(firstName: string, lastName: string, suffix: string): PersonName {
	const last = lastName + (lastName ? suffix : '');
	return {
		firstName,
		lastName: last,
		displayName: [firstName, last].filter(Boolean).join(' '),
		employer: '',
	};
}

/** "Berg, Anna" → ["Berg", "Anna"]; a name with more commas, or none, stays whole. */
function parted(written: string): [string, string?] {
	const pieces = written.split(',').map((piece) => piece.trim());
	const [last, first] = pieces;
	if (pieces.length === 2 && last && first && !generations.test(` ${first}`)) return [last, first];
	return [pieces.filter(Boolean).join(' ')];
}

function startOfLastName(words: readonly string[]): number {
	if (words.length === 1) return 1;
	for (let at = 1; at < words.length - 1; at++) {
		const word = words[at]!;
		const small = word.toLowerCase().replace(/['’]$/, '');
		if (particles.has(small) && (word === word.toLowerCase() || !lowOnly.has(small))) return at;
	}
	return words.length - 1;
}

/** "BERG Anna", as the French and many lists write it. */
function isFamilyFirst(words: readonly string[]): boolean {
	const isLarge = (word: string) => /^\p{Lu}[\p{Lu}'’-]+$/u.test(word);
	return words.length === 2 && isLarge(words[0]!) && !isLarge(words[1]!) && words[0]!.length > 2;
}

function titleCase(word: string): string {
	return word
		.toLowerCase()
		.replace(
			/(^|[-'’])(\p{L})/gu,
			(_, before: string, letter: string) => before + letter.toUpperCase(),
		);
}

/** Family names come first where Chinese, Japanese and Korean are written. */
function eastAsianName(written: string): PersonName | undefined {
	const name = written
		.replace(honorifics, '')
		.replace(/[\u3000,，]/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	const isHangul = /^[\p{Script=Hangul} ]+$/u.test(name);
	if (!isHangul && !eastAsian.test(name.replaceAll(' ', ''))) return undefined;
	const [family, ...given] = name.split(' ');
	if (given.length > 0)
		return { firstName: given.join(' '), lastName: family!, displayName: name, employer: '' };
	const length = isHangul ? familyLength(name, compoundHangul) : hanFamilyLength(name);
	return {
		firstName: name.slice(length),
		lastName: name.slice(0, length),
		displayName: name,
		employer: '',
	};
}

function familyLength(name: string, compound: RegExp): number {
	if (name.length < 2 || name.length > 4) return 0;
	return compound.test(name) && name.length > 2 ? 2 : 1;
}

/** Three signs are a Chinese name, four mostly a Japanese one; kana end a Japanese family name. */
function hanFamilyLength(name: string): number {
	const [family = ''] = new RegExp(`^${han}+`, 'u').exec(name) ?? [];
	if (family.length < name.length) return family.length <= 3 ? family.length : 0;
	if (name.length === 4 && !compoundHan.test(name)) return 2;
	return familyLength(name, compoundHan);
}

/** "anna.berg@example.org" → Anna Berg; an address that names no person gives no name. */
function nameInAddress(email: string): PersonName {
	const local = email.slice(0, email.lastIndexOf('@')).split('+')[0]!;
	const [, first, last] =
		/^(\p{L}{2,30})[._](\p{L}{2,30}(?:-\p{L}{2,30})?)\d{0,4}$/u.exec(local) ?? [];
	if (!first || !last || offices.has(first) || offices.has(last)) return noName;
	return named(titleCase(first), titleCase(last), '');
}

/** Words in addresses of offices and programs. */
const offices = new Set(
	'info office kontakt contact service support team sales billing mail post admin no reply noreply do not news newsletter help hello hallo bounce bounces return accounts customer kunden press presse jobs hr marketing orders order shop web webmaster postmaster abuse donotreply notifications notification alerts system test'.split(
		' ',
	),
);
