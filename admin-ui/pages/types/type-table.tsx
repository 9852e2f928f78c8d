import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { BounceTypeSetting } from '../../../service/contract/catalogue.ts';
import { call } from '../../api.ts';
import { CsvButtons } from '../../components/csv-buttons.tsx';
import { DeleteDialog } from '../../components/delete-dialog.tsx';
import { Table } from '../../components/table.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { theScreen } from '../../screen.ts';
import { figure } from '../../words/figures.ts';
import type { PartProps } from './part-props.ts';
import { typeColumns } from './type-columns.tsx';
import { TypeForm } from './type-form.tsx';

interface Props extends PartProps {
	onChanged: () => void;
	onShowPatterns: (type: BounceTypeSetting) => void;
}

type Doing = { what: 'add' } | { what: 'describe' | 'delete'; type: BounceTypeSetting };

/** The bounce types with their thresholds and switches; the numbers are saved with the bar below. */
export function TypeTable({
	settings,
	draft,
	onEdit,
	isLoading,
	onChanged,
	onShowPatterns,
}: Props) {
	const { canManage } = theScreen();
	const [doing, setDoing] = useState<Doing>();
	const counts = useCall('countBounces', {});
	const close = () => setDoing(undefined);
	const columns = typeColumns({
		draft,
		onEdit,
		onShowPatterns,
		bouncesOf: ({ name }) => counts.data && (countOf(counts.data.byType, name) ?? 0),
		onDescribe: (type) => setDoing({ what: 'describe', type }),
		onDelete: (type) => setDoing({ what: 'delete', type }),
	});
	return (
		<section>
			<div className="rc-list-head">
				<h2>{__('Bounce types', 'return-channel')}</h2>
				{canManage && (
					<div className="rc-buttons">
						<Button variant="secondary" size="compact" onClick={() => setDoing({ what: 'add' })}>
							{__('Add a type', 'return-channel')}
						</Button>
						<CsvButtons things="types" onImported={onChanged} />
					</div>
				)}
			</div>
			<Table
				caption={__('Bounce types', 'return-channel')}
				columns={columns}
				rows={settings.types}
				idOf={({ id }) => id}
				isLoading={isLoading}
			/>
			{doing?.what === 'add' && <TypeForm onSaved={onChanged} onClose={close} />}
			{doing?.what === 'describe' && (
				<TypeForm type={doing.type} onSaved={onChanged} onClose={close} />
			)}
			{doing?.what === 'delete' && (
				<DeleteType type={doing.type} onDeleted={onChanged} onClose={close} />
			)}
		</section>
	);
}

function countOf(byType: { type: string; count: number }[], name: string): number | undefined {
	return byType.find(({ type }) => type === name)?.count;
}

function DeleteType({
	type,
	...rest
}: {
	type: BounceTypeSetting;
	onDeleted: () => void;
	onClose: () => void;
}) {
	return (
		<DeleteDialog
			/* translators: %s: the name of a bounce type. */
			title={sprintf(__('Delete the type “%s”?', 'return-channel'), type.name)}
			onDelete={() => call('deleteBounceType', { id: type.id })}
			{...rest}
		>
			<p>
				{sprintf(
					/* translators: %s: number of patterns. */
					_n(
						'Its %s pattern is deleted with it. Recorded bounces keep the name.',
						'Its %s patterns are deleted with it. Recorded bounces keep the name.',
						type.patterns,
						'return-channel',
					),
					figure(type.patterns),
				)}
			</p>
		</DeleteDialog>
	);
}
