import { Button } from '@wordpress/components';
import { useEffect, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ContactImport } from '../../../../service/contract/contact.ts';
import { Failing, Loading } from '../../../components/states.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import type { View } from '../../../hooks/use-view.ts';
import { idIn } from '../../../view-state.ts';
import type { ContactsKey } from '../contacts-view.ts';
import { ImportList } from './import-list.tsx';
import { ImportMapping } from './import-mapping.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportResult } from './import-result.tsx';
import { ImportStart } from './import-start.tsx';

/** CSV files become contacts: a new import and those there were, or the one that the URL names. */
export function ImportSection({ view }: { view: View<ContactsKey> }) {
	const importId = idIn(view.values.import);
	const open = (id: number) => view.change({ import: String(id) });
	if (importId) return <OneImport key={importId} importId={importId} view={view} />;
	return (
		<>
			<ImportStart onReady={({ id }) => open(id)} />
			<ImportList onOpen={open} />
		</>
	);
}

function OneImport({ importId, view }: { importId: number; view: View<ContactsKey> }) {
	const { data, error, reload } = useCall('getImport', { id: importId });
	const toAll = () => view.change({ import: '' });
	const step = useStepFocus(data?.state);
	return (
		<>
			<p className="rc-back">
				<Button variant="link" onClick={toAll}>
					{__('Back to all imports', 'return-channel')}
				</Button>
			</p>
			{error && <Failing error={error} onRetry={reload} />}
			{!data && !error && <Loading sentence={__('Fetching the import…', 'return-channel')} />}
			{data && !error && (
				<>
					<h2>{data.fileName}</h2>
					<div ref={step} tabIndex={-1} className="rc-import-step">
						<Step imported={data} view={view} onChanged={reload} onStartAnew={toAll} />
					</div>
				</>
			)}
		</>
	);
}

/** The button that starts an import is gone once it runs, and so is the progress once it ends: the focus, if it was lost with
 *  them, goes to what stands there instead. @returns for the place of both. */
function useStepFocus(state: ContactImport['state'] | undefined) {
	const place = useRef<HTMLDivElement>(null);
	const before = useRef(state);
	useEffect(() => {
		if (before.current && state !== before.current && document.activeElement === document.body) {
			place.current?.focus();
		}
		before.current = state;
	}, [state]);
	return place;
}

interface StepProps {
	imported: ContactImport;
	view: View<ContactsKey>;
	/** The import stands otherwise now; it is asked for again. */
	onChanged: () => void;
	onStartAnew: () => void;
}

/** Where the import stands decides what is shown. */
function Step({ imported, view, onChanged, onStartAnew }: StepProps) {
	switch (imported.state) {
		case 'uploading':
			return (
				<>
					<p>
						{__(
							'The file did not arrive completely, so nothing was imported. Please choose it again.',
							'return-channel',
						)}
					</p>
					<Button variant="primary" __next40pxDefaultSize onClick={onStartAnew}>
						{__('Choose the file again', 'return-channel')}
					</Button>
				</>
			);
		case 'ready':
			return <ImportMapping imported={imported} onStarted={onChanged} />;
		case 'running':
			return <ImportProgress started={imported} onEnd={onChanged} />;
		case 'done':
		case 'failed':
		case 'undone':
			return <ImportResult imported={imported} view={view} onChanged={onChanged} />;
	}
}
