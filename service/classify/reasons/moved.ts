import type { ShippedReason } from '../shipped-reason.ts';

export const moved: ShippedReason = {
	name: 'moved',
	label: 'Moved to another address',
	type: 'Inactive',
	fault: 'address',
	countsTowardHold: true,
	advice: 'The server says that the person has another address now. If it names one, enter it.',
	says: [
		'(user|recipient|mailbox|account|address|addressee|person|destination mailbox|he|she) (has |have |was |)(moved|relocated|migrated)',
		'(email|e-mail|mail|) address (has |was |has been |is |)(changed|replaced|superseded|moved)',
		'(has|have|had) (a |changed to a |changed |) new (email|e-mail|mail|) address',
		'(please |)(try|use|update * to|send * to|contact * at|forward * to) (the |this |his |her |their |my |)new (email |e-mail |mail |)address',
		'(new|forwarding) (email |e-mail |mail |)address (is|follows|:)',
		'no forwarding address',
		'moved[,;]* (no |please |)(forward*|new|try|use)',
		'has been replaced by',
		'(replaced|superseded) by <',
		'user not local; please try',
		'user not local[.;] please (try|use)',
		'(ist umgezogen|hat eine neue adresse|neue e-mail-adresse lautet)',
		"(a changé d'adresse|nouvelle adresse)",
		'(ha cambiado de dirección|nueva dirección de correo)',
		'(adres is gewijzigd|nieuwe e-mailadres)',
	].map((text) => text.replace('[,;]*', '').replace('[.;]', ';')),
};
