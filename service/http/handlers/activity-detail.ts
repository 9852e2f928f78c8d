import type { ActivityDetail, FilingSettings } from '../../contract/activity.ts';
import type { StoredActivity, StoredAttachment, StoredDeed } from '../../crm/activity-book.ts';
import { mailDocument } from '../../messages/mail-document.ts';
import { pictureType } from '../../messages/picture.ts';
import { splitQuoted } from '../../messages/quoted-text.ts';
import { contentIdsIn, safeHtml } from '../../messages/safe-html.ts';
import type { Blobs } from '../../report/blobs.ts';
import type { Caller } from '../authenticate.ts';
import { toAttachment } from './mail-files.ts';

/** Pictures of a mail that go into its HTML; bigger ones are attachments only. */
const biggestPicture = 2 * 1024 * 1024;
const mostPictures = 8 * 1024 * 1024;

/** A filed mail as it is shown: its text parted from what it quotes, its HTML made safe, its pictures in it. */
export async function readable(
	stored: StoredActivity,
	{
		remote,
		caller,
		settings,
		blobs,
	}: {
		/** Pictures from elsewhere were asked for. */
		remote: boolean;
		caller: Caller;
		settings: FilingSettings;
		blobs: Blobs;
	},
): Promise<ActivityDetail> {
	const { fingerprint: _, fullText, rawHtml, files, damage, lastEdit, ...rest } = stored;
	const mayEdit = editingOf(caller);
	const shown =
		rawHtml === null
			? undefined
			: safeHtml(rawHtml, { remote, pictures: await picturesFor(rawHtml, files, blobs) });
	return {
		...rest,
		...splitQuoted(fullText),
		html: shown ? mailDocument(shown.fragment, remote) : null,
		hasRemoteContent: shown?.hasRemoteContent ?? false,
		files: files.map((file) => toAttachment(file, settings.blockedEndings)),
		damage: shown?.isCut
			? [...damage, 'Only the beginning of its very long HTML is shown.']
			: damage,
		mayEdit,
		editDeedId: lastEdit && mayUndo(lastEdit, caller) ? lastEdit.id : null,
		editableText: mayEdit === 'all' ? fullText : null,
	};
}

/** What a caller may edit of filed mail (requirement F4). */
export function editingOf({ capabilities }: Caller): ActivityDetail['mayEdit'] {
	if (capabilities.has('edit-inbound-content')) return 'all';
	return capabilities.has('edit-inbound') ? 'basics' : 'nothing';
}

/** Who may manage undoes what anybody did; an editor only edits of their own, and those of the text only with the right to
 *  edit it. */
export function mayUndo({ what, userId, changedText }: StoredDeed, caller: Caller): boolean {
	if (caller.capabilities.has('manage')) return true;
	const isOwnEdit = what === 'edited' && userId === caller.userId;
	const mayEdit = editingOf(caller);
	return isOwnEdit && (mayEdit === 'all' || (mayEdit === 'basics' && !changedText));
}

/** The pictures that the HTML shows, as data: addresses by Content-ID. Only what its first bytes say is a picture. */
async function picturesFor(
	html: string,
	files: readonly StoredAttachment[],
	blobs: Blobs,
): Promise<Map<string, string>> {
	const wanted = contentIdsIn(html);
	const pictures = new Map<string, string>();
	let left = mostPictures;
	for (const { contentId, sha256, sizeBytes } of files) {
		if (contentId === null || sha256 === null || !wanted.has(contentId)) continue;
		if (pictures.has(contentId) || sizeBytes > Math.min(biggestPicture, left)) continue;
		const bytes = await allOf(blobs.read(sha256), sizeBytes);
		const type = pictureType(bytes);
		if (!type) continue;
		left -= bytes.length;
		pictures.set(contentId, `data:${type};base64,${bytes.toString('base64')}`);
	}
	return pictures;
}

async function allOf(pieces: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
	const read: Uint8Array[] = [];
	let length = 0;
	for await (const piece of pieces) {
		read.push(piece);
		length += piece.length;
		if (length > most) break;
	}
	return Buffer.concat(read);
}
