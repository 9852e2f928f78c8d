import type { ImportTarget } from '../../../../contract/contact.ts';

/** What the columns of people's files are called, in English, German, French, Spanish and Dutch and in the exports of common
 *  programs; without accents, spaces and signs. What means different things in different files is in `guessName`. */
const headings: Readonly<Partial<Record<ImportTarget, readonly string[]>>> = {
	email: [
		...['email', 'mail', 'emailaddress', 'mailaddress', 'primaryemail', 'email1', 'emailhome'],
		...['emailadresse', 'mailadresse', 'epost', 'emailadres', 'mailadres'],
		...['courriel', 'adressemail', 'adresseemail', 'adressecourriel', 'adresseelectronique'],
		...['correo', 'correoelectronico', 'direcciondecorreo', 'emailprincipal', 'useremail'],
	],
	email2: [
		...['email2', 'mail2', 'secondemail', 'secondaryemail', 'otheremail', 'emailother'],
		...['emailwork', 'workemail', 'zweiteemail', 'weitereemail', 'autreemail', 'tweedeemail'],
		...['alternativeemail', 'correo2', 'courriel2', 'otroemail'],
	],
	email3: ['email3', 'mail3', 'thirdemail', 'dritteemail', 'correo3', 'courriel3', 'derdeemail'],
	fullName: [
		...['fullname', 'displayname', 'contactname', 'person', 'vollername', 'vollstandigername'],
		...['nomcomplet', 'nombrecompleto', 'volledigenaam', 'nombreyapellidos', 'vorundnachname'],
	],
	firstName: [
		...['firstname', 'givenname', 'forename', 'vorname', 'rufname', 'prenom', 'voornaam'],
		...['primernombre', 'nombredepila', 'fname', 'first'],
	],
	lastName: [
		...['lastname', 'surname', 'familyname', 'nachname', 'familienname', 'zuname'],
		...['nomdefamille', 'apellido', 'apellidos', 'achternaam', 'familienaam', 'lname', 'last'],
	],
	name: [
		...['organization', 'organisation', 'organizationname', 'organisationname', 'householdname'],
		...['association', 'verein', 'vereinsname', 'organizacion', 'organisatie', 'haushalt'],
	],
	employer: [
		...['employer', 'currentemployer', 'company', 'companyname', 'workplace', 'arbeitgeber'],
		...['firma', 'unternehmen', 'employeur', 'entreprise', 'societe', 'empresa', 'werkgever'],
		...['bedrijf', 'empleador'],
	],
	kind: ['kind', 'contacttype', 'type', 'kontaktart', 'art', 'typedecontact', 'tipo', 'soort'],
	status: ['status', 'state', 'statut', 'estado', 'zustand'],
	note: [
		...['note', 'notes', 'comment', 'comments', 'remark', 'remarks', 'notiz', 'notizen'],
		...['bemerkung', 'bemerkungen', 'kommentar', 'remarque', 'commentaire', 'nota', 'notas'],
		...['comentario', 'opmerking', 'opmerkingen', 'notitie'],
	],
	group: [
		...['group', 'groups', 'list', 'lists', 'tag', 'tags', 'segment', 'gruppe', 'gruppen'],
		...['verteiler', 'liste', 'groupe', 'groupes', 'grupo', 'grupos', 'lista', 'groep', 'groepen'],
	],
	isOptedOut: [
		...['optedout', 'optout', 'isoptedout', 'isoptout', 'unsubscribed', 'nobulkemails'],
		...['nobulkemailsuseroptout', 'abgemeldet', 'desabonne', 'debaja', 'uitgeschreven'],
	],
	doNotEmail: [
		...[
			'donotemail',
			'donotmail',
			'nomail',
			'noemail',
			'keinemail',
			'keinemails',
			'keinemailsenden',
		],
		...['pasdemail', 'nepascontacter', 'noenviarcorreo', 'geenemail'],
	],
};

const looksLikeEmail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Guesses where the columns of a file go: by their headings, and the address by what stands below where no heading says so.
 *  Each target is taken once.
 *  @param rows some of the rows
 *  @returns one target a column */
export function guessTargets(
	columns: readonly string[],
	rows: readonly (readonly string[])[],
): ImportTarget[] {
	const names = columns.map(plain);
	const taken = new Set<ImportTarget>();
	const targets = names.map((name): ImportTarget => {
		const found = Object.entries(headings).find(([, words]) => words.includes(name))?.[0];
		return take((found ?? 'skip') as ImportTarget, taken);
	});
	guessName(names, targets, taken);
	if (!taken.has('email')) {
		const index = columns.findIndex(
			(_, column) => targets[column] === 'skip' && isMostlyEmail(rows, column),
		);
		if (index >= 0) targets[index] = take('email', taken);
	}
	return targets;
}

/** Another column of addresses is the next one; of anything else it is left out. */
function take(target: ImportTarget, taken: Set<ImportTarget>): ImportTarget {
	const next: Partial<Record<ImportTarget, ImportTarget>> = { email: 'email2', email2: 'email3' };
	let free = target;
	while (taken.has(free)) free = next[free] ?? 'skip';
	if (free !== 'skip') taken.add(free);
	return free;
}

/** "Name" alone is all of it; beside a first name it is the last one in German, French and Dutch files, and beside both the
 *  organisation's. "Nombre" beside "Apellidos" is the first name. */
function guessName(
	names: readonly string[],
	targets: ImportTarget[],
	taken: Set<ImportTarget>,
): void {
	const index = names.findIndex((name) => ['name', 'nom', 'naam', 'nombre'].includes(name));
	if (index < 0 || targets[index] !== 'skip') return;
	const [hasFirst, hasLast] = [taken.has('firstName'), taken.has('lastName')];
	if (hasFirst && hasLast) targets[index] = take('name', taken);
	else if (hasFirst) targets[index] = take('lastName', taken);
	else if (hasLast) targets[index] = take('firstName', taken);
	else targets[index] = take('fullName', taken);
}

function isMostlyEmail(rows: readonly (readonly string[])[], column: number): boolean {
	const cells = rows.map((row) => (row[column] ?? '').trim()).filter(Boolean);
	return (
		cells.length > 0 && cells.filter((cell) => looksLikeEmail.test(cell)).length * 2 > cells.length
	);
}

function plain(heading: string): string {
	return heading
		.normalize('NFD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '');
}
