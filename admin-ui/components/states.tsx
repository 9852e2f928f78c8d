import { Button, Notice, Spinner } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { theScreen } from '../screen.ts';
import type { CallError } from '../wire.ts';

/** Said while the first answer is on its way. */
export function Loading({ sentence }: { sentence: string }) {
	return (
		<p className="rc-loading" role="status">
			<Spinner /> {sentence}
		</p>
	);
}

/** The place of a list while its first answer is on its way, so that nothing jumps when it comes. */
export function Skeleton({ sentence, rows = 8 }: { sentence: string; rows?: number }) {
	return (
		<div className="rc-skeleton">
			<p className="screen-reader-text" role="status">
				{sentence}
			</p>
			{Array.from({ length: rows }, (_, row) => (
				<span key={row} className="rc-skeleton-row" aria-hidden />
			))}
		</div>
	);
}

/** Nothing to show: says so, and what to do next. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
	return (
		<div className="rc-empty">
			<h2>{title}</h2>
			{children}
		</div>
	);
}

/** What failed, in the words of whoever knows best, and a way to try again. */
export function Failing({ error, onRetry }: { error: CallError; onRetry: () => void }) {
	if (error.code === 'return_channel_service_unreachable') {
		return <ServiceAway error={error} onRetry={onRetry} />;
	}
	return (
		<Notice
			status="error"
			isDismissible={false}
			spokenMessage={error.message}
			actions={[{ label: __('Try again', 'return-channel'), onClick: onRetry }]}
		>
			{error.message}
		</Notice>
	);
}

function ServiceAway({ error, onRetry }: { error: CallError; onRetry: () => void }) {
	const { canManage, settingsUrl } = theScreen();
	return (
		<div className="rc-empty" role="alert">
			<h2>{__('No connection to the Return Channel service', 'return-channel')}</h2>
			<p>{error.message}</p>
			<p>
				{canManage
					? __(
							'Start the service, or check its address and secret in the settings. No mail is lost meanwhile: it waits in the mailbox.',
							'return-channel',
						)
					: __(
							'Please tell an administrator. No mail is lost meanwhile: it waits in the mailbox.',
							'return-channel',
						)}
			</p>
			<p className="rc-buttons">
				<Button variant="primary" __next40pxDefaultSize onClick={onRetry}>
					{__('Try again', 'return-channel')}
				</Button>
				{canManage && (
					<Button variant="secondary" __next40pxDefaultSize href={settingsUrl}>
						{__('Open the settings', 'return-channel')}
					</Button>
				)}
			</p>
		</div>
	);
}
