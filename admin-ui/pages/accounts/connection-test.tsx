import { Button, Notice } from '@wordpress/components';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ConnectionReport } from '../../../service/contract/account.ts';
import { call } from '../../api.ts';
import { useDeed } from '../../hooks/use-deed.ts';
import { figure } from '../../words/figures.ts';
import { fieldsAsked } from './draft.ts';
import type { Draft } from './draft.ts';

/** Tries the mailbox as the form describes it, without saving, and says what was found or what is wrong. */
export function ConnectionTest({ draft, accountId }: { draft: Draft; accountId?: number }) {
	const [report, setReport] = useState<ConnectionReport>();
	const { isBusy, error, attempt } = useDeed();
	const result = useRef<HTMLDivElement>(null);

	async function test() {
		setReport(undefined);
		const asked = { ...fieldsAsked(draft), id: accountId };
		setReport(await attempt(() => call('testAccount', asked)));
	}

	useEffect(() => {
		if (report || error) result.current?.focus();
	}, [report, error]);

	return (
		<div className="rc-test">
			<div className="rc-buttons">
				<Button
					variant="secondary"
					__next40pxDefaultSize
					isBusy={isBusy}
					disabled={isBusy}
					accessibleWhenDisabled
					onClick={() => void test()}
				>
					{isBusy
						? __('Testing the connection…', 'return-channel')
						: __('Test connection', 'return-channel')}
				</Button>
				<span className="rc-quiet">
					{__('Nothing is saved, moved or marked as read.', 'return-channel')}
				</span>
			</div>
			<div ref={result} tabIndex={-1}>
				{error && <TestRefused message={error.message} problems={Object.values(error.fields)} />}
				{report && <Report report={report} />}
			</div>
		</div>
	);
}

function TestRefused({ message, problems }: { message: string; problems: string[] }) {
	const sentences = [message, ...problems.filter((problem) => !message.includes(problem))];
	return (
		<Notice status="error" isDismissible={false} spokenMessage={sentences.join(' ')}>
			{sentences.map((sentence) => (
				<p key={sentence}>{sentence}</p>
			))}
		</Notice>
	);
}

function Report({ report }: { report: ConnectionReport }) {
	return (
		<Notice
			status={report.isWorking ? 'success' : 'error'}
			isDismissible={false}
			spokenMessage={report.sentence}
		>
			<p>{report.sentence}</p>
			<Found summary={__('Folders found', 'return-channel')} names={report.folders ?? []} />
			<Found
				summary={__('What the server can do', 'return-channel')}
				names={report.capabilities ?? []}
			/>
		</Notice>
	);
}

function Found({ summary, names }: { summary: string; names: string[] }) {
	if (names.length === 0) return null;
	return (
		<details>
			<summary>
				{summary} ({figure(names.length)})
			</summary>
			<ul>
				{names.map((name) => (
					<li key={name}>
						<code>{name}</code>
					</li>
				))}
			</ul>
		</details>
	);
}
