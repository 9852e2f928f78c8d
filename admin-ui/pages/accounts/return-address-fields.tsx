import { __ } from '@wordpress/i18n';
import { separators } from '../../../service/contract/account.ts';
import { ChoiceField, FieldGroup, TextField } from '../../components/fields.tsx';
import { exampleReturnAddress } from '../../words/accounts.ts';
import type { FieldsProps } from './draft.ts';

/** How the return addresses look that bring bounces back into this mailbox, with a live example. */
export function ReturnAddressFields({ draft, edit, problems }: FieldsProps) {
	return (
		<FieldGroup title={__('Return addresses', 'return-channel')}>
			<div className="rc-side-by-side">
				<TextField
					label={__('Local part', 'return-channel')}
					help={__(
						'For example “return+” with sub-addressing; empty if the whole domain arrives here.',
						'return-channel',
					)}
					maxLength={32}
					value={draft.localPart}
					problem={problems.localPart}
					onChange={(localPart) => edit({ localPart })}
				/>
				<TextField
					label={__('E-mail domain', 'return-channel')}
					placeholder="example.org"
					isRequired
					value={draft.emailDomain}
					problem={problems.emailDomain}
					onChange={(emailDomain) => edit({ emailDomain })}
				/>
			</div>
			<ChoiceField
				label={__('Separator', 'return-channel')}
				help={__(
					'Between the parts of a return address. Bounces of mail that was sent with another one are still known.',
					'return-channel',
				)}
				value={draft.separator}
				problem={problems.separator}
				options={separators.map((value) => ({ value, label: value }))}
				onChange={(separator) => edit({ separator })}
			/>
			<div className="rc-example">
				<span>{__('A return address will look like this:', 'return-channel')}</span>
				<output>{exampleReturnAddress(draft)}</output>
			</div>
			<TextField
				type="email"
				label={__('Fixed return path', 'return-channel')}
				help={__(
					'Only if your mail provider does not let every mail have its own return address. Leave it empty otherwise.',
					'return-channel',
				)}
				value={draft.returnPath}
				problem={problems.returnPath}
				onChange={(returnPath) => edit({ returnPath })}
			/>
		</FieldGroup>
	);
}
