import assert from 'node:assert/strict';
import { test } from 'vitest';
import { readName } from '../../service/filing/person-name.ts';

/** Written name, address → first name, last name, employer. */
const names: [written: string, email: string, first: string, last: string, employer?: string][] = [
	['Anna Berg', 'a@people.example', 'Anna', 'Berg'],
	['Berg, Anna', 'a@people.example', 'Anna', 'Berg'],
	['"Berg, Anna Maria"', 'a@people.example', 'Anna Maria', 'Berg'],
	['Anna Maria Berg', 'a@people.example', 'Anna Maria', 'Berg'],
	['Anna Berg-Holm', 'a@people.example', 'Anna', 'Berg-Holm'],
	["O'Neill, Sean", 's@people.example', 'Sean', "O'Neill"],
	['Jan van der Berg', 'j@people.example', 'Jan', 'van der Berg'],
	['van der Berg, Jan', 'j@people.example', 'Jan', 'van der Berg'],
	['Vincent Van Holm', 'v@people.example', 'Vincent', 'Van Holm'],
	['Maria de la Cruz', 'm@people.example', 'Maria', 'de la Cruz'],
	['Otto von Egge', 'o@people.example', 'Otto', 'von Egge'],
	['Omar al-Rashid', 'o@people.example', 'Omar', 'al-Rashid'],
	['Omar al Rashid', 'o@people.example', 'Omar', 'al Rashid'],
	['Ben Holm', 'b@people.example', 'Ben', 'Holm'],
	['Da Silva', 'd@people.example', 'Da', 'Silva'],
	['Dr. Anna Berg', 'a@people.example', 'Anna', 'Berg'],
	['Prof. Dr. Anna Berg', 'a@people.example', 'Anna', 'Berg'],
	['Frau Anna Berg', 'a@people.example', 'Anna', 'Berg'],
	['Anna Berg, PhD', 'a@people.example', 'Anna', 'Berg'],
	['Martin Holm Jr.', 'm@people.example', 'Martin', 'Holm Jr.'],
	['Holm III, Martin', 'm@people.example', 'Martin', 'Holm III'],
	['Anna Berg (Example GmbH)', 'a@people.example', 'Anna', 'Berg', 'Example GmbH'],
	['Anna (at home)', 'a@people.example', 'Anna', ''],
	['Anna Berg via Boat list', 'a@people.example', 'Anna', 'Berg'],
	['Anna Berg | Boat club', 'a@people.example', 'Anna', 'Berg'],
	["'Anna Berg'", 'a@people.example', 'Anna', 'Berg'],
	['LEFEVRE Anna', 'a@people.example', 'Anna', 'Lefevre'],
	['Anna', 'anna@people.example', 'Anna', ''],
	['', 'anna.berg@people.example', 'Anna', 'Berg'],
	['anna.berg@people.example', 'anna.berg@people.example', 'Anna', 'Berg'],
	['', 'anna_berg2@people.example', 'Anna', 'Berg'],
	['', 'anna@people.example', '', ''],
	['', 'info@people.example', '', ''],
	['', 'customer.service@people.example', '', ''],
	['Example GmbH', 'info@people.example', '', 'Example GmbH'],
	['山田 花子', 'h@people.example', '花子', '山田'],
	['山田花子', 'h@people.example', '花子', '山田'],
	['王小明', 'w@people.example', '小明', '王'],
	['欧阳小明', 'w@people.example', '小明', '欧阳'],
	['山田 花子 様', 'h@people.example', '花子', '山田'],
	['김민수', 'k@people.example', '민수', '김'],
	['남궁민수', 'k@people.example', '민수', '남궁'],
	['Анна Березина', 'a@people.example', 'Анна', 'Березина'],
];

test.each(names)('“%s” <%s> is %s %s', (written, email, firstName, lastName, employer = '') => {
	const read = readName(written, email);

	assert.deepEqual(
		{ firstName: read.firstName, lastName: read.lastName, employer: read.employer },
		{ firstName, lastName, employer },
	);
});
