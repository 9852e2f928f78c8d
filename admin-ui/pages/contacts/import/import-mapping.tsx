import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import { importTargets } from '../../../../service/contract/contact.ts';
import type { ContactImport, ImportTarget } from '../../../../service/contract/contact.ts';
import { call } from '../../../api.ts';
import { ChoiceField, FieldGroup } from '../../../components/fields.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import { useDeed } from '../../../hooks/use-deed.ts';
import { useSettled } from '../../../hooks/use-settled.ts';
import { figure } from '../../../words/figures.ts';
import { importTargetLabel } from '../../../words/imports.ts';
import { ImportOptionFields } from './import-options.tsx';
import { ImportPreviewSection } from './import-preview.tsx';

interface Props {
	imported: ContactImport;
	onStarted: () => void;
}

/** What each column means, and what the whole file would become; then the start. */
export function ImportMapping({ imported, onStarted }: Props) {
	const [mapping, setMapping] = useState<ImportTarget[]>(imported.mapping);
	const [options, setOptions] = useState(imported.options);
	const asked = { id: imported.id, mapping, options };
	const settled = useSettled(asked);
	const preview = useCall('previewImport', settled);
	const { isBusy, error, attempt } = useDeed();
	const isOld = preview.isLoading || JSON.stringify(settled) !== JSON.stringify(asked);
	const canStart = !isOld && preview.data?.problem === null;

	async function start(event: FormEvent) {
		event.preventDefault();
		if (await attempt(() => call('runImport', asked))) onStarted();
	}

	return (
		<form className="rc-import" onSubmit={(event) => void start(event)}>
			<div>
				<FieldGroup title={__('What the columns mean', 'return-channel')}>
					{imported.columns.map((column, index) => (
						<ChoiceField
							key={index}
							label={
								column ||
								/* translators: %d: which column of a file, counted from 1. */
								sprintf(__('Column %d', 'return-channel'), index + 1)
							}
							value={mapping[index] ?? 'skip'}
							options={importTargets.map((value) => ({ value, label: importTargetLabel(value) }))}
							onChange={(target) =>
								setMapping(
									imported.columns.map((_, at) =>
										at === index ? target : (mapping[at] ?? 'skip'),
									),
								)
							}
						/>
					))}
				</FieldGroup>
				<FieldGroup title={__('How to import', 'return-channel')}>
					<ImportOptionFields
						options={options}
						onChange={(change) => setOptions({ ...options, ...change })}
					/>
				</FieldGroup>
			</div>
			<div>
				<ImportPreviewSection preview={preview} rows={imported.rows} isOld={isOld} />
				{error && (
					<p className="rc-problem" role="alert">
						{error.message}
					</p>
				)}
				<Button
					type="submit"
					variant="primary"
					__next40pxDefaultSize
					isBusy={isBusy}
					disabled={isBusy || !canStart}
					accessibleWhenDisabled
				>
					{sprintf(
						/* translators: %s: number of lines of a file. */
						_n('Import %s line', 'Import %s lines', imported.rows, 'return-channel'),
						figure(imported.rows),
					)}
				</Button>
			</div>
		</form>
	);
}
