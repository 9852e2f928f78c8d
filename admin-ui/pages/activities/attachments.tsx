import { useId } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Attachment } from '../../../service/contract/activity.ts';
import { Badge } from '../../components/badge.tsx';
import { FileLink } from '../../components/file-link.tsx';
import { attachmentCount } from '../../words/activities.ts';
import { size } from '../../words/figures.ts';

/** The files that came with a mail. None is opened in the browser: they are saved, or it says why they can't be. */
export function Attachments({ files }: { files: Attachment[] }) {
	const headingId = useId();
	if (files.length === 0) return null;
	return (
		<section aria-labelledby={headingId}>
			<h2 id={headingId}>{attachmentCount(files.length)}</h2>
			<ul className="rc-attachments">
				{files.map((file) => (
					<li key={file.id}>
						<div>
							<bdi className="rc-name">{nameOf(file)}</bdi>{' '}
							{file.isInline && <Badge>{__('Shown in the text', 'return-channel')}</Badge>}
							<span className="rc-quiet">
								{file.contentType} · {size(file.sizeBytes)}
							</span>
							{file.problem && <span className="rc-because">{file.problem}</span>}
						</div>
						{!file.problem && (
							<FileLink
								route="downloadAttachment"
								asked={{ id: file.id }}
								isSmall
								/* translators: %s: the name of a file. */
								label={sprintf(__('Download %s', 'return-channel'), nameOf(file))}
							>
								{__('Download', 'return-channel')}
							</FileLink>
						)}
					</li>
				))}
			</ul>
		</section>
	);
}

function nameOf({ fileName }: Attachment): string {
	return fileName.trim() || __('File without a name', 'return-channel');
}
