import { __ } from '@wordpress/i18n';
import { wrongAt } from '../words/expression.ts';
import { TextAreaField } from './fields.tsx';

/** An expression, with the character marked where it is wrong (from 1), if it is. */
export function Expression({ text, at }: { text: string; at?: number }) {
	if (at === undefined) return <code className="rc-expression">{text}</code>;
	const place = Math.min(at, text.length) - 1;
	return (
		<code className="rc-expression">
			{text.slice(0, place)}
			<mark>{text.slice(place, place + 1)}</mark>
			{text.slice(place + 1)}
		</code>
	);
}

interface FieldProps {
	value: string;
	/** What is wrong with it, as the service says it, with the place. */
	problem?: string;
	help?: string;
	onChange: (expression: string) => void;
}

/** Where an expression is written; a wrong one is shown below with the place marked. */
export function ExpressionField({ value, problem, help, onChange }: FieldProps) {
	const at = problem ? wrongAt(problem) : undefined;
	return (
		<div>
			<TextAreaField
				isCode
				rows={3}
				label={__('Regular expression', 'return-channel')}
				value={value}
				problem={problem}
				help={help}
				onChange={onChange}
			/>
			{at !== undefined && value && (
				<p className="rc-wrong-expression">
					<Expression text={value} at={at} />
				</p>
			)}
		</div>
	);
}
