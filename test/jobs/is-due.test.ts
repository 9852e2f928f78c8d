import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { Frequency } from '../../service/contract/job.ts';
import { isDue, nextRunAfter } from '../../service/jobs/is-due.ts';

const at = (text: string) => new Date(text);

test('a job that never ran is due', () => {
	assert.ok(isDue('yearly', undefined, at('2026-05-05T10:00:00Z')));
});

test.each<[Frequency, string, string]>([
	['always', '2026-01-31T10:00:00Z', '2026-01-31T10:00:00.000Z'],
	['hourly', '2026-01-31T10:00:00Z', '2026-01-31T11:00:00.000Z'],
	['daily', '2026-01-31T10:00:00Z', '2026-02-01T10:00:00.000Z'],
	['weekly', '2026-01-31T10:00:00Z', '2026-02-07T10:00:00.000Z'],
	['monthly', '2026-01-31T10:00:00Z', '2026-02-28T10:00:00.000Z'],
	['quarterly', '2025-11-30T10:00:00Z', '2026-02-28T10:00:00.000Z'],
	['yearly', '2024-02-29T10:00:00Z', '2025-02-28T10:00:00.000Z'],
])('%s after %s is %s', (frequency, last, next) => {
	assert.equal(nextRunAfter(at(last), frequency).toISOString(), next);
});

test('cron that comes some seconds early still finds the job due', () => {
	const last = at('2026-05-05T10:00:20Z');

	assert.ok(isDue('hourly', last, at('2026-05-05T11:00:01Z')));
	assert.ok(!isDue('hourly', last, at('2026-05-05T10:59:30Z')));
});
