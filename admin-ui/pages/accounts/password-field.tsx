import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { TextField } from '../../components/fields.tsx';

interface Props {
	/** undefined: the stored one stays. */
	value: string | undefined;
	hasPassword: boolean;
	problem?: string;
	onChange: (value: string | undefined) => void;
	/** Another secret than a password has its own words. */
	label?: string;
	storedSentence?: string;
	help?: string;
}

/** A password goes in and never comes out: a stored one can only be kept or replaced. */
export function PasswordField({
	value,
	hasPassword,
	problem,
	onChange,
	label = __('Password', 'return-channel'),
	storedSentence = __('A password is stored; it is not shown again.', 'return-channel'),
	help = __('It is kept encrypted.', 'return-channel'),
}: Props) {
	if (value === undefined && !problem) {
		return (
			<div className="rc-stored-password">
				<span>{storedSentence}</span>
				<Button variant="secondary" size="compact" onClick={() => onChange('')}>
					{__('Enter a new one', 'return-channel')}
				</Button>
			</div>
		);
	}
	return (
		<div>
			<TextField
				type="password"
				label={
					/* translators: %s: "Password" or "Client secret". */
					hasPassword ? sprintf(__('New: %s', 'return-channel'), label) : label
				}
				help={help}
				autoComplete="new-password"
				value={value ?? ''}
				problem={problem}
				onChange={onChange}
			/>
			{hasPassword && (
				<Button variant="link" onClick={() => onChange(undefined)}>
					{__('Keep the stored one', 'return-channel')}
				</Button>
			)}
		</div>
	);
}
