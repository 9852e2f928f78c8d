import { expect, test } from 'vitest';
import { draftOf as accountDraftOf, fieldsAsked } from '../../admin-ui/pages/accounts/draft.ts';
import { activitiesAsked, activityKeys } from '../../admin-ui/pages/activities/activities-view.ts';
import type { ActivityValues } from '../../admin-ui/pages/activities/activities-view.ts';
import { frameHeight } from '../../admin-ui/pages/activities/frame-height.ts';
import {
	changesAsked,
	draftOf,
	isoOf,
	localMinute,
} from '../../admin-ui/pages/activities/mail-draft.ts';
import { patternsIn, problemOfPatterns } from '../../admin-ui/pages/activities/never-file-draft.ts';
import {
	endingsIn,
	forEver,
	settingsAsked,
	settingsDraftOf,
	settingsProblem,
} from '../../admin-ui/pages/activities/settings-draft.ts';
import {
	countsAsked,
	filterOf,
	outcomeKeys,
	totalOf,
} from '../../admin-ui/pages/outcomes/outcomes-view.ts';
import type { OutcomeValues } from '../../admin-ui/pages/outcomes/outcomes-view.ts';
import { isSameTopic } from '../../admin-ui/words/activities.ts';
import { usualFilingSettings } from '../../service/contract/activity.ts';
import type { ActivityDetail } from '../../service/contract/activity.ts';

const noActivityValues = Object.fromEntries(activityKeys.map((key) => [key, ''])) as ActivityValues;
const noOutcomeValues = Object.fromEntries(outcomeKeys.map((key) => [key, ''])) as OutcomeValues;

function aMail(over: Partial<ActivityDetail> = {}): ActivityDetail {
	return {
		id: 7,
		type: 'Inbound Email',
		subject: 'Summer camp',
		occurredAt: '2026-11-21T10:15:42.000Z',
		filedAt: '2026-11-21T10:20:00.000Z',
		status: 'completed',
		campaign: '',
		token: null,
		parties: [
			{
				contactId: 3,
				name: 'Anna Berg',
				email: 'anna@example.org',
				role: 'source',
				place: 'from',
				isDeleted: false,
			},
		],
		attachments: 0,
		threadId: 7,
		inThread: 1,
		excerpt: 'Dear all',
		accountId: 1,
		text: 'Dear all,\nsee you there.',
		quotedText: '> When is it?',
		html: null,
		hasRemoteContent: false,
		files: [],
		thread: [],
		because: 'Filed because anna@example.org wrote it.',
		messageId: null,
		damage: [],
		isTruncated: false,
		hasRaw: true,
		editedAt: null,
		editedBy: null,
		editDeedId: null,
		editableText: 'Dear all,\nsee you there.\n\n> When is it?',
		mayEdit: 'all',
		...over,
	};
}

test('a value that the URL has wrong is no filter of the filed mail', () => {
	const asked = activitiesAsked({
		...noActivityValues,
		status: 'lost',
		contact: '0',
		account: '12',
		attachments: 'no',
		paged: '-3',
	});

	expect(asked).toMatchObject({
		page: 1,
		status: undefined,
		contactId: undefined,
		accountId: 12,
		hasAttachments: false,
	});
});

test('the frame of a short mail is low and that of a long one ends at a limit', () => {
	expect(frameHeight('Thanks!', 0)).toBe(160);
	expect(frameHeight('line\n'.repeat(12), 0)).toBeGreaterThan(300);
	expect(frameHeight('line\n'.repeat(5_000), 3)).toBe(640);
});

test('a mail that was opened for editing and saved as it was keeps its seconds and its message', () => {
	const mail = aMail();

	expect(changesAsked(mail, draftOf(mail))).toEqual({
		id: 7,
		subject: 'Summer camp',
		occurredAt: '2026-11-21T10:15:42.000Z',
		status: 'completed',
		campaign: '',
		parties: [{ contactId: 3, role: 'source' }],
		text: undefined,
	});
});

test('the message is sent only when it was changed by somebody who may', () => {
	const change = (mail: ActivityDetail) =>
		changesAsked(mail, { ...draftOf(mail), text: 'New' }).text;

	expect(change(aMail())).toBe('New');
	const unchanged = aMail({ mayEdit: 'basics', editableText: null });
	expect(changesAsked(unchanged, draftOf(unchanged)).text).toBeUndefined();
});

test('somebody whom a mail names twice in the same role is one person in the form', () => {
	const [anna] = aMail().parties;
	const twice = aMail({
		parties: [anna!, { ...anna!, place: 'cc' }, { ...anna!, role: 'target' }],
	});

	expect(draftOf(twice).people.map(({ contactId, role }) => [contactId, role])).toEqual([
		[3, 'source'],
		[3, 'target'],
	]);
});

test('a moment survives the way through the date field, to the minute', () => {
	expect(isoOf(localMinute('2026-03-01T05:06:00.000Z'))).toBe('2026-03-01T05:06:00.000Z');
	expect(isoOf('')).toBe('');
});

test('addresses and domains can be pasted in any form, each once', () => {
	expect(patternsIn(' news@example.org, example.com;\n\nexample.com\texample.net ')).toEqual([
		'news@example.org',
		'example.com',
		'example.net',
	]);
});

test('a wrong address among many is named', () => {
	const problems = { 'patterns.1': 'Write an address.' };

	expect(problemOfPatterns(['example.org', 'a@b@c'], problems)).toBe('“a@b@c”: Write an address.');
	expect(problemOfPatterns(['example.org'], { note: 'Too long.' })).toBeUndefined();
});

test('settings are written in megabytes and days and come back as they were', () => {
	const draft = settingsDraftOf(usualFilingSettings);

	expect(draft).toMatchObject({
		largestAttachmentMb: '25',
		keepRawMailDays: '90',
		keepActivityDays: forEver,
	});
	const { blockedEndings, ...rest } = settingsAsked(draft);
	const { blockedEndings: usual, ...others } = usualFilingSettings;
	expect(rest).toEqual(others);
	expect(blockedEndings).toEqual([...usual].sort());
	expect(settingsProblem(draft)).toEqual({});
});

test('days that were emptied are not for ever, and a mail of nothing is no limit', () => {
	const draft = {
		...settingsDraftOf(usualFilingSettings),
		keepActivityDays: '',
		keepOutcomeDays: '1.5',
		largestMailMb: '0',
		largestAttachmentMb: 'many',
	};

	expect(settingsProblem(draft)).toEqual({
		keepActivityDays: 'days',
		keepOutcomeDays: 'days',
		largestMailMb: 'small',
		largestAttachmentMb: 'number',
	});
});

test('endings are read with stars, dots and capitals', () => {
	expect(endingsIn('EXE, .js;*.bat exe')).toEqual(['bat', 'exe', 'js']);
});

test('the counts above the mail log are not narrowed by what they are pressed for', () => {
	const values = { ...noOutcomeValues, outcome: 'ignored', because: 'loop', account: '3', s: 'a' };

	expect(filterOf(values)).toMatchObject({ outcome: 'ignored', ignoredBecause: 'loop' });
	expect(countsAsked(values)).toEqual({ search: 'a', accountId: 3 });
	expect(
		totalOf({
			outcomes: { acted: 4, ignored: 3, failed: 2, 'set-aside': 1 },
			ignoredBecause: {},
			accounts: [],
		}),
	).toBe(10);
});

test('an account for activities has one address, of which the service makes local part and domain', () => {
	const draft = { ...accountDraftOf(undefined, 'activities'), returnPath: 'old@example.org' };

	expect(fieldsAsked({ ...draft, ownAddress: ' filing@example.org ' })).toMatchObject({
		usedFor: 'activities',
		localPart: 'filing',
		emailDomain: 'example.org',
		returnPath: '',
	});
	expect(fieldsAsked({ ...draft, ownAddress: 'filing' }).emailDomain).toBe('filing');
	expect(fieldsAsked(accountDraftOf()).localPart).toBe('return+');
});

test('a conversation names its subject once, whatever mail programs put before it', () => {
	const same = (one: string, other: string) => isSameTopic({ subject: one }, { subject: other });

	expect(same('Re: AW: Summer camp', 'summer camp')).toBe(true);
	expect(same('RE[2]:Summer camp', 'Fwd: Summer camp')).toBe(true);
	expect(same('回复：夏合宿', '夏合宿')).toBe(true);
	expect(same('Summer camp: tents', 'Summer camp')).toBe(false);
	expect(same('', 'Re:')).toBe(true);
});
