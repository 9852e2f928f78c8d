import assert from 'node:assert/strict';
import { test } from 'vitest';
import { usualFilingSettings } from '../../service/contract/activity.ts';
import type { StoredActivity, StoredAttachment } from '../../service/crm/activity-book.ts';
import { readable } from '../../service/http/handlers/activity-detail.ts';
import type { Blobs } from '../../service/report/blobs.ts';

const mebibyte = 1024 * 1024;
const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function aPicture(name: string, sizeBytes = png.length): StoredAttachment {
	return {
		id: 1,
		activityId: 1,
		fileName: `${name}.png`,
		contentType: 'image/png',
		contentId: name,
		isInline: true,
		sizeBytes,
		sha256: name,
		problem: null,
	};
}

/** What of a mail's pictures is shown, by the beginnings of their data: addresses. */
async function shown(files: StoredAttachment[], contents: Record<string, Buffer> = {}) {
	const reads: string[] = [];
	const blobs = {
		read: async function* (sha256: string) {
			reads.push(sha256);
			const size = files.find((file) => file.sha256 === sha256)?.sizeBytes ?? 0;
			yield contents[sha256] ?? Buffer.concat([png, Buffer.alloc(size - png.length)]);
		},
	} as Pick<Blobs, 'read'> as Blobs;
	const stored = {
		fullText: '',
		rawHtml: files.map(({ contentId }) => `<img src="cid:${contentId}">`).join(''),
		files,
		damage: [],
	} as Partial<StoredActivity> as StoredActivity;
	const caller = {
		siteId: '1',
		userId: 1,
		userName: 'Anna Berg',
		capabilities: new Set(),
	} as never;
	const settings = usualFilingSettings;
	const { html } = await readable(stored, { remote: false, caller, settings, blobs });
	return {
		reads,
		sources: [...html!.matchAll(/ src="(data:image\/[a-z]+)/g)].map(([, type]) => type),
	};
}

test('a picture of two megabytes is shown, a bigger one is not even read', async () => {
	const { reads, sources } = await shown([
		aPicture('small', 2 * mebibyte),
		aPicture('big', 2 * mebibyte + 1),
	]);

	assert.deepEqual(reads, ['small']);
	assert.deepEqual(sources, ['data:image/png']);
});

test('of many pictures the first eight megabytes are shown', async () => {
	const { sources } = await shown(
		Array.from({ length: 6 }, (_, n) => aPicture(`p${n}`, 2 * mebibyte)),
	);

	assert.equal(sources.length, 4);
});

test('what only says that it is a picture is not shown', async () => {
	const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
	const gif = Buffer.from('GIF89a, and more');
	const { sources } = await shown([aPicture('svg'), aPicture('gif')], { svg, gif });

	assert.deepEqual(sources, ['data:image/gif']);
});
