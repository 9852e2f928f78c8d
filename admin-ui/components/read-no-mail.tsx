import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { theScreen } from '../screen.ts';
import { Empty } from './states.tsx';

/** A list that is empty because no mail was read yet: says how mail comes, and leads there. */
export function ReadNoMail({
	title,
	sentence,
	newAccountFor,
}: {
	title: string;
	sentence: string;
	/** Leads straight to the form of a new account for this. */
	newAccountFor?: 'activities';
}) {
	const { accounts, jobs } = theScreen().pageUrls ?? {};
	const toForm = newAccountFor ? `&account=new&for=${newAccountFor}` : '';
	return (
		<Empty title={title}>
			<p>{sentence}</p>
			<p className="rc-buttons">
				{accounts && (
					<Button variant="primary" __next40pxDefaultSize href={accounts + toForm}>
						{__('Set up a mail account', 'return-channel')}
					</Button>
				)}
				{jobs && (
					<Button variant="secondary" __next40pxDefaultSize href={jobs}>
						{__('Open the scheduled jobs', 'return-channel')}
					</Button>
				)}
			</p>
		</Empty>
	);
}
