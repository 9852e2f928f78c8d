import { Button, Notice } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import type { ContactFields, MergePreview } from '../../../../service/contract/contact.ts';
import { call } from '../../../api.ts';
import { Facts } from '../../../components/facts.tsx';
import { Failing, Loading } from '../../../components/states.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import { useDeed } from '../../../hooks/use-deed.ts';
import { useDeedNotices } from '../../../hooks/use-deed-notices.ts';
import { contactFieldLabel, fieldValueLabel, statusLabel } from '../../../words/contacts.ts';

interface Props {
	keepId: number;
	dropId: number;
	/** They change places. */
	onSwap: () => void;
	onMerged: (keepId: number) => void;
	onUndone: () => void;
	onClose: () => void;
}

/** What differs between the two, with a choice for each field, and what comes of it. */
export function MergeForm({ keepId, dropId, onSwap, onMerged, onUndone, onClose }: Props) {
	const [taken, setTaken] = useState<(keyof ContactFields)[]>([]);
	const asked = { keepId, dropId, takeFromDrop: taken };
	const preview = useCall('previewMerge', asked);
	const { isBusy, error, attempt } = useDeed();
	const notices = useDeedNotices(onUndone);
	const { data } = preview;

	async function merge(event: FormEvent) {
		event.preventDefault();
		const report = await attempt(() => call('mergeContacts', asked));
		if (!report) return;
		onClose();
		onMerged(keepId);
		notices.say(report);
	}

	if (preview.error) return <Failing error={preview.error} onRetry={preview.reload} />;
	if (!data) return <Loading sentence={__('Comparing the two…', 'return-channel')} />;
	return (
		<form className="rc-dialog-form" onSubmit={(event) => void merge(event)}>
			{error && (
				<Notice status="error" isDismissible={false} spokenMessage={error.message}>
					{error.message}
				</Notice>
			)}
			<Pair preview={data} onSwap={onSwap} />
			{data.differences.map((difference) => (
				<Difference
					key={difference.field}
					difference={difference}
					isTaken={taken.includes(difference.field)}
					onChoose={(isTaken) =>
						setTaken((before) => [
							...before.filter((field) => field !== difference.field),
							...(isTaken ? [difference.field] : []),
						])
					}
				/>
			))}
			<Result preview={data} />
			<div className="rc-buttons is-end">
				<Button variant="tertiary" __next40pxDefaultSize onClick={onClose}>
					{__('Cancel', 'return-channel')}
				</Button>
				<Button
					type="submit"
					variant="primary"
					__next40pxDefaultSize
					isBusy={isBusy || preview.isLoading}
					disabled={isBusy || preview.isLoading || data.problem !== null}
					accessibleWhenDisabled
				>
					{__('Merge', 'return-channel')}
				</Button>
			</div>
		</form>
	);
}

function Pair({ preview: { keep, drop }, onSwap }: { preview: MergePreview; onSwap: () => void }) {
	return (
		<div>
			<p>
				{sprintf(
					/* translators: 1: the contact that stays, 2: the contact that becomes part of it. */
					__('%1$s stays, and %2$s becomes part of it.', 'return-channel'),
					nameOf(keep),
					nameOf(drop),
				)}
			</p>
			<Button variant="link" onClick={onSwap}>
				{/* translators: %s: the name of a contact. */}
				{sprintf(__('Keep %s instead', 'return-channel'), nameOf(drop))}
			</Button>
		</div>
	);
}

/** Two contacts to merge often have one name; the address tells them apart. */
function nameOf({ displayName, addresses, id }: MergePreview['keep']): string {
	const email = addresses.find(({ isPrimary }) => isPrimary)?.email;
	return `${displayName} (${email ?? `#${id}`})`;
}

interface DifferenceProps {
	difference: MergePreview['differences'][number];
	isTaken: boolean;
	onChoose: (isTaken: boolean) => void;
}

function Difference({ difference, isTaken, onChoose }: DifferenceProps) {
	const { field } = difference;
	const option = (isDrop: boolean, value: string) => (
		<label className="rc-radio">
			<input
				type="radio"
				name={`rc-merge-${field}`}
				checked={isTaken === isDrop}
				onChange={() => onChoose(isDrop)}
			/>
			{fieldValueLabel(field, value)}
		</label>
	);
	return (
		<fieldset className="rc-difference">
			<legend>{contactFieldLabel(field)}</legend>
			<div>
				{option(false, difference.keep)}
				{option(true, difference.drop)}
			</div>
		</fieldset>
	);
}

function Result({ preview: { result, sentence, problem } }: { preview: MergePreview }) {
	const name = [result.firstName, result.lastName].filter(Boolean).join(' ') || result.name;
	return (
		<section>
			<h2>{__('What comes of it', 'return-channel')}</h2>
			<Facts
				facts={[
					{ name: __('Name', 'return-channel'), value: name },
					{ name: __('E-mail addresses', 'return-channel'), value: result.addresses.join(', ') },
					{ name: __('Groups', 'return-channel'), value: result.groups.join(', ') },
					{ name: contactFieldLabel('employer'), value: result.employer },
					{ name: contactFieldLabel('status'), value: standingOf(result) },
					{ name: contactFieldLabel('note'), value: result.note },
				]}
			/>
			<div role="status">
				{problem ? (
					<Notice status="error" isDismissible={false}>
						{problem}
					</Notice>
				) : (
					<p>
						{sentence} {__('You can undo this afterwards.', 'return-channel')}
					</p>
				)}
			</div>
		</section>
	);
}

/** How it stands: of two the stricter. */
function standingOf({ status, doNotEmail, isOptedOut, isDeceased }: ContactFields): string {
	return [
		statusLabel(status),
		doNotEmail && contactFieldLabel('doNotEmail'),
		isOptedOut && contactFieldLabel('isOptedOut'),
		isDeceased && contactFieldLabel('isDeceased'),
	]
		.filter(Boolean)
		.join(', ');
}
