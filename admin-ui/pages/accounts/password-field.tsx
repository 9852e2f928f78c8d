import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { TextField } from '../../components/fields.tsx';

interface Props {
	/** undefined: the stored one stays. */
	value: string | undefined;
	hasPassword: boolean;
	problem?: string;
	onChange: (value: string | undefined) => void;
}

/** A password goes in and never comes out: a stored one can only be kept or replaced. */
export function PasswordField({ value, hasPassword, problem, onChange }: Props) {
	if (value === undefined && !problem) {
		return (
			<div className="rc-stored-password">
				<span>{__('A password is stored; it is not shown again.', 'return-channel')}</span>
				<Button variant="secondary" size="compact" onClick={() => onChange('')}>
					{__('Change the password', 'return-channel')}
				</Button>
			</div>
		);
	}
	return (
		<div>
			<TextField
				type="password"
				label={
					hasPassword ? __('New password', 'return-channel') : __('Password', 'return-channel')
				}
				help={__(
					'It is kept encrypted. Some providers want an app password here.',
					'return-channel',
				)}
				autoComplete="new-password"
				value={value ?? ''}
				problem={problem}
				onChange={onChange}
			/>
			{hasPassword && (
				<Button variant="link" onClick={() => onChange(undefined)}>
					{__('Keep the stored password', 'return-channel')}
				</Button>
			)}
		</div>
	);
}
