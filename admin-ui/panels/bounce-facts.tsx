import { __, sprintf } from '@wordpress/i18n';
import type { BounceDetail } from '../../service/contract/bounce.ts';
import { Facts } from '../components/facts.tsx';
import { When } from '../components/when.tsx';
import {
	faultLabel,
	matchedByExplained,
	statusExplained,
	trustExplained,
} from '../words/bounces.ts';

/** Everything that was read out of the report. */
export function BounceFacts({ bounce }: { bounce: BounceDetail }) {
	return (
		<section>
			<h2>{__('Details', 'return-channel')}</h2>
			<Facts
				facts={[
					{ name: __('Contact', 'return-channel'), value: bounce.contactName },
					{ name: __('Mailing', 'return-channel'), value: bounce.mailingName },
					{ name: __('Subject', 'return-channel'), value: bounce.subject },
					{
						name: __('Read', 'return-channel'),
						value: <When at={bounce.recordedAt} />,
					},
					{ name: __('Mail account', 'return-channel'), value: bounce.accountName },
					{ name: __('Cause', 'return-channel'), value: faultLabel(bounce.fault) },
					{ name: __('Status', 'return-channel'), value: statusInWords(bounce.status) },
					{ name: __('SMTP reply', 'return-channel'), value: bounce.replyCode },
					{
						name: __('Reporting server', 'return-channel'),
						value: bounce.reportingServer,
					},
					{
						name: __('Trust', 'return-channel'),
						value: `${trustExplained(bounce.trust)} ${matchedByExplained(bounce.matchedBy)}`,
					},
					{
						name: __('Decided by', 'return-channel'),
						value: <code>{bounce.decidedBy}</code>,
					},
				]}
			/>
		</section>
	);
}

function statusInWords(status: string | null): string | null {
	const words = status && statusExplained(status);
	return words
		? /* translators: 1: status code such as 5.1.1, 2: what its class means. */
			sprintf(__('%1$s (%2$s)', 'return-channel'), status, words)
		: status;
}
