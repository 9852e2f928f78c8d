import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { BounceDetail } from '../../service/contract/bounce.ts';
import { TrustBadge, TypeBadge } from '../components/badge.tsx';
import { Evidence } from '../components/evidence.tsx';
import { SidePanel } from '../components/side-panel.tsx';
import { Failing, Loading } from '../components/states.tsx';
import { useCall } from '../hooks/use-call.ts';
import { theScreen } from '../screen.ts';
import { faultExplained, typeExplained } from '../words/bounces.ts';
import { BounceFacts } from './bounce-facts.tsx';
import { JudgeAgain } from './judge-again.tsx';
import { RawMailSection } from './raw-mail.tsx';
import { TakeBack } from './take-back.tsx';

interface Props {
	bounceId: number;
	onShowAddress: (addressId: number) => void;
	onChanged: () => void;
	onClose: () => void;
}

/** One bounce: what it says, what was done about it and why, and the mail itself. */
export function BouncePanel({ bounceId, onShowAddress, onChanged, onClose }: Props) {
	const { data: bounce, error, reload } = useCall('getBounce', { id: bounceId });
	const title = bounce?.email ?? __('Bounce', 'return-channel');

	function change() {
		reload();
		onChanged();
	}

	return (
		<SidePanel title={title} onClose={onClose}>
			{error && <Failing error={error} onRetry={reload} />}
			{!bounce && !error && <Loading sentence={__('Fetching the bounce…', 'return-channel')} />}
			{bounce && (
				<>
					<VerdictSection bounce={bounce} />
					<DeedSection bounce={bounce} onShowAddress={onShowAddress} onChanged={change} />
					<BounceFacts bounce={bounce} />
					<MailSection bounce={bounce} />
				</>
			)}
		</SidePanel>
	);
}

function VerdictSection({ bounce }: { bounce: BounceDetail }) {
	return (
		<section>
			<h2>{__('What the bounce says', 'return-channel')}</h2>
			<p className="rc-verdict">
				<strong>{bounce.reasonLabel}</strong> <TypeBadge type={bounce.type} />{' '}
				<TrustBadge trust={bounce.trust} />
			</p>
			<p>
				{bounce.isRecognised
					? `${typeExplained(bounce.type)} ${faultExplained(bounce.fault)}`.trim()
					: __(
							'Nothing in the mail was recognised. It is kept under the type Syntax until somebody looks at it.',
							'return-channel',
						)}
			</p>
			{bounce.diagnostic && (
				<blockquote className="rc-words">
					<Evidence text={bounce.diagnostic} evidence={bounce.evidence} />
				</blockquote>
			)}
		</section>
	);
}

function DeedSection({
	bounce,
	onShowAddress,
	onChanged,
}: {
	bounce: BounceDetail;
	onShowAddress: (addressId: number) => void;
	onChanged: () => void;
}) {
	const { addressId, because, countingExplained, countsTowardHold } = bounce;
	return (
		<section>
			<h2>{__('What was done, and why', 'return-channel')}</h2>
			<p>{because}</p>
			{!because.includes(countingExplained) && <p>{countingExplained}</p>}
			<div className="rc-buttons">
				{addressId !== null && (
					<Button
						variant="secondary"
						__next40pxDefaultSize
						onClick={() => onShowAddress(addressId)}
					>
						{__('Show the history of this address', 'return-channel')}
					</Button>
				)}
				{theScreen().canManage && countsTowardHold && (
					<TakeBack bounce={bounce} onTakenBack={onChanged} />
				)}
				{theScreen().canManage && bounce.hasRawMail && (
					<MailDeeds bounceId={bounce.id} onChanged={onChanged} />
				)}
			</div>
		</section>
	);
}

/** What can be done with the mail of a bounce as long as it is kept. */
function MailDeeds({ bounceId, onChanged }: { bounceId: number; onChanged: () => void }) {
	const [isJudging, setIsJudging] = useState(false);
	const { rules } = theScreen().pageUrls ?? {};
	return (
		<>
			{rules && (
				<Button
					variant="secondary"
					__next40pxDefaultSize
					href={`${rules}&rule=new&from=${bounceId}`}
				>
					{__('Make a rule from this', 'return-channel')}
				</Button>
			)}
			<Button variant="secondary" __next40pxDefaultSize onClick={() => setIsJudging(true)}>
				{__('Judge again…', 'return-channel')}
			</Button>
			{isJudging && (
				<JudgeAgain
					selection={{ ids: [bounceId] }}
					onJudged={onChanged}
					onClose={() => setIsJudging(false)}
				/>
			)}
		</>
	);
}

function MailSection({ bounce }: { bounce: BounceDetail }) {
	return (
		<section>
			<h2>{__('The mail', 'return-channel')}</h2>
			{bounce.humanText.trim() ? (
				<pre
					className="rc-mail"
					tabIndex={0}
					role="region"
					aria-label={__('Text of the mail', 'return-channel')}
				>
					<Evidence text={bounce.humanText} evidence={bounce.evidence} />
				</pre>
			) : (
				<p>{__('The mail has no text for people to read.', 'return-channel')}</p>
			)}
			{bounce.hasRawMail ? (
				<RawMailSection bounceId={bounce.id} />
			) : (
				<p>{__('The original mail is no longer kept.', 'return-channel')}</p>
			)}
		</section>
	);
}
