import {
	CheckboxControl,
	SelectControl,
	TextareaControl,
	TextControl,
	ToggleControl,
} from '@wordpress/components';
import { useId } from '@wordpress/element';
import type { ReactNode } from 'react';

interface Common<Value> {
	label: string;
	value: Value;
	onChange: (value: Value) => void;
	help?: ReactNode;
	/** What is wrong with the value, from the service; said next to the field. */
	problem?: string;
}

/** What is wrong comes first, then what the field is for. */
function helpWith(problem: string | undefined, help: ReactNode): ReactNode {
	if (!problem) return help;
	return (
		<>
			<span className="rc-problem">{problem}</span>
			{help}
		</>
	);
}

interface TextProps extends Common<string> {
	type?: 'text' | 'number' | 'password' | 'date' | 'datetime-local' | 'email';
	placeholder?: string;
	autoComplete?: string;
	isRequired?: boolean;
	maxLength?: number;
	min?: number;
	max?: number;
	hideLabelFromVision?: boolean;
	inputMode?: 'numeric';
}

export function TextField({ problem, help, isRequired, type = 'text', ...rest }: TextProps) {
	return (
		<TextControl
			__next40pxDefaultSize
			__nextHasNoMarginBottom
			{...rest}
			type={type}
			required={isRequired}
			aria-invalid={problem ? true : undefined}
			help={helpWith(problem, help)}
		/>
	);
}

interface ChoiceProps<Value extends string> extends Common<Value> {
	options: { value: Value; label: string }[];
	hideLabel?: boolean;
}

export function ChoiceField<Value extends string>(props: ChoiceProps<Value>) {
	const { label, value, onChange, help, problem, options, hideLabel } = props;
	return (
		<SelectControl
			__next40pxDefaultSize
			__nextHasNoMarginBottom
			label={label}
			hideLabelFromVision={hideLabel}
			value={value}
			options={options}
			onChange={(chosen) => onChange(chosen as Value)}
			aria-invalid={problem ? true : undefined}
			help={helpWith(problem, help)}
		/>
	);
}

export function TickField({ label, value, onChange, help, problem }: Common<boolean>) {
	return (
		<CheckboxControl
			__nextHasNoMarginBottom
			label={label}
			checked={value}
			onChange={onChange}
			help={helpWith(problem, help)}
		/>
	);
}

interface TextAreaProps extends Common<string> {
	rows?: number;
	placeholder?: string;
	/** For expressions, mails and CSV: letters of one width, and nothing corrected. */
	isCode?: boolean;
}

export function TextAreaField({ problem, help, isCode, ...rest }: TextAreaProps) {
	return (
		<TextareaControl
			__nextHasNoMarginBottom
			{...rest}
			className={isCode ? 'rc-code-field' : undefined}
			spellCheck={!isCode}
			aria-invalid={problem ? true : undefined}
			help={helpWith(problem, help)}
		/>
	);
}

/** A switch that stands in a list, where the column says what it switches; `label` says it to those who can't see that. */
export function ListSwitch({ label, value, onChange, help }: Common<boolean>) {
	return (
		<ToggleControl
			__nextHasNoMarginBottom
			label={<span className="screen-reader-text">{label}</span>}
			checked={value}
			onChange={onChange}
			help={help}
		/>
	);
}

/** Fields that belong together, under a heading of their own. */
export function FieldGroup({ title, children }: { title: string; children: ReactNode }) {
	const headingId = useId();
	return (
		<section className="rc-field-group" role="group" aria-labelledby={headingId}>
			<h2 id={headingId}>{title}</h2>
			{children}
		</section>
	);
}
