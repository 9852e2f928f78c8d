import type { Database } from '../../service/db/open.ts';

/** Records a bounce of an address. */
export async function addBounce(db: Database, addressId: number, position = 0): Promise<void> {
	await db
		.insertInto('bounces')
		.values({
			site_id: '1',
			fingerprint: `mail ${addressId}`,
			position,
			account_id: 1,
			run_id: null,
			recorded_at: Date.parse('2026-05-05T09:00:00Z'),
			kind: 'bounce',
			email: '',
			address_id: addressId,
			delivery_id: null,
			mailing_id: null,
			type: 'Invalid',
			reason: 'no-such-user',
			fault: 'address',
			status: '5.1.1',
			reply_code: null,
			diagnostic: null,
			reporting_server: null,
			decided_by: '',
			evidence: null,
			is_recognised: 1,
			trust: 'proved',
			matched_by: 'return-address',
			counts: 1,
			counting: '',
			caused_hold: 0,
			because: '',
			taken_back_at: null,
		})
		.execute();
}

/** Files a mail on contacts' records: the first wrote it to the others. @returns its number. */
export async function fileMail(
	db: Database,
	{
		contactIds,
		subject,
		occurredAt = Date.parse('2026-05-05T08:00:00Z'),
	}: { contactIds: number[]; subject: string; occurredAt?: number },
): Promise<number> {
	const { insertId } = await db
		.insertInto('activities')
		.values({
			site_id: '1',
			type: 'Inbound Email',
			subject,
			occurred_at: occurredAt,
			filed_at: occurredAt,
			status: 'completed',
			campaign: '',
			token: null,
			people: '',
			excerpt: '',
			attachments: 0,
			thread_id: 1,
			message_id: null,
			fingerprint: subject,
			account_id: 1,
			run_id: null,
			because: '',
			is_truncated: 0,
			damage: '[]',
			edited_at: null,
			edited_by: null,
			deleted_at: null,
		})
		.executeTakeFirstOrThrow();
	const activityId = Number(insertId);
	for (const [index, contactId] of contactIds.entries())
		await db
			.insertInto('activity_parties')
			.values({
				site_id: '1',
				activity_id: activityId,
				contact_id: contactId,
				role: index === 0 ? 'source' : 'target',
				place: index === 0 ? 'from' : 'to',
				email: `${contactId}@one.example`,
				name: '',
				occurred_at: occurredAt,
			})
			.execute();
	return activityId;
}
