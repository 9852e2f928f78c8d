import type {
	ActivityDetail,
	ActivityParty,
	PartyRole,
} from '../../../service/contract/activity.ts';
import type { Asked } from '../../api.ts';

/** What the form for a filed mail holds. */
export interface MailDraft {
	subject: string;
	/** As `<input type="datetime-local">` writes it, in the reader's time zone: "2026-11-21T10:15". */
	occurredAt: string;
	status: ActivityDetail['status'];
	campaign: string;
	people: DraftPerson[];
	/** The whole message, with what it quotes; "" and not shown to those who may not change it. */
	text: string;
}

export interface DraftPerson {
	contactId: number;
	name: string;
	role: PartyRole;
}

/** The form for a mail as it is now. */
export function draftOf(mail: ActivityDetail): MailDraft {
	return {
		subject: mail.subject,
		occurredAt: localMinute(mail.occurredAt),
		status: mail.status,
		campaign: mail.campaign,
		people: peopleOf(mail.parties),
		text: mail.editableText ?? '',
	};
}

/** Each contact once in each role, however many addresses the mail named. */
function peopleOf(parties: readonly ActivityParty[]): DraftPerson[] {
	const people = new Map<string, DraftPerson>();
	for (const { contactId, role, name, email } of parties) {
		people.set(`${contactId} ${role}`, { contactId, role, name: name || email });
	}
	return [...people.values()];
}

/** What is sent. A date that was not touched keeps its seconds, and a text that was not touched is not sent. */
export function changesAsked(mail: ActivityDetail, draft: MailDraft): Asked<'changeActivity'> {
	const isSameTime = draft.occurredAt === localMinute(mail.occurredAt);
	return {
		id: mail.id,
		subject: draft.subject,
		occurredAt: isSameTime ? mail.occurredAt : isoOf(draft.occurredAt),
		status: draft.status,
		campaign: draft.campaign,
		parties: draft.people.map(({ contactId, role }) => ({ contactId, role })),
		text: draft.text === (mail.editableText ?? '') ? undefined : draft.text,
	};
}

/** ISO 8601 → the reader's own time, to the minute. */
export function localMinute(iso: string): string {
	const at = new Date(iso);
	const two = (value: number) => String(value).padStart(2, '0');
	const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
	return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The reader's own time → ISO 8601; "" stays "", and the service says that a date is missing. */
export function isoOf(local: string): string {
	const at = new Date(local);
	return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}
