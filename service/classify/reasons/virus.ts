import type { ShippedReason } from '../shipped-reason.ts';

export const virus: ShippedReason = {
	name: 'virus',
	label: 'Taken for a virus',
	type: 'Spam',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'A virus scanner refused the mail. Check attachments and links, and the server that sent it.',
	says: [
		'virus-related',

		'(virus|viruses|malware|trojan|worm|infected|ransomware|clamav|antivirus|anti-virus|eicar)',
		'(virus|malware|trojan|worm) (detected|found|infected|scan|check|in|was|alert|warning|notification|rejected|content|signature)',
		'(infected|dangerous|harmful|executable) (with|by|file|attachment|message|mail|content|object)',
		'(mail|message|attachment) (is |was |)(infected|quarantined)',
		'(вирус*|ウイルス|ウィルス|病毒|바이러스|wirus*|virüs)',
	],
};
