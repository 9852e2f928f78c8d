import { compilePattern } from '../classify/safe-pattern.ts';
import { ServiceError } from '../errors.ts';

/** What is wrong with an expression. */
export interface WrongExpression {
	/** Names the place, for people. */
	sentence: string;
	/** From character 1. */
	at: number;
}

/** Looks at an expression that somebody is writing. @returns what is wrong and where; undefined when nothing is. */
export function checkExpression(expression: string): WrongExpression | undefined {
	try {
		compilePattern(expression);
		return undefined;
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
		return located(expression, error.message);
	}
}

/** The same for an expression that is to be saved.
 *  @throws ServiceError invalid-request, with the place in the sentence and in `fields.expression`. */
export function requireRightExpression(expression: string): void {
	const wrong = checkExpression(expression);
	if (!wrong) return;
	throw new ServiceError('invalid-request', wrong.sentence, {
		problem: 'wrong-expression',
		fields: { expression: wrong.sentence },
	});
}

function located(expression: string, message: string): WrongExpression {
	const named = /at character (\d+)/.exec(message)?.[1];
	if (named) return { sentence: message, at: Number(named) };

	const at = unbalancedAt(expression);
	if (at === undefined) return { sentence: message, at: 1 };
	const sentence = message.replace(/^The expression is wrong/, `$& at character ${at}`);
	return { sentence, at };
}

/** Where a bracket was opened and never closed, closed and never opened, or a backslash ends it all; from 1. */
function unbalancedAt(expression: string): number | undefined {
	const open: number[] = [];
	for (let at = 0; at < expression.length; at += 1) {
		const character = expression[at];
		if (character === '\\') {
			if (at === expression.length - 1) return at + 1;
			at += 1;
		} else if (character === '[') {
			const end = endOfClass(expression, at);
			if (end === undefined) return at + 1;
			at = end;
		} else if (character === '(') {
			open.push(at);
		} else if (character === ')' && open.pop() === undefined) {
			return at + 1;
		}
	}
	const last = open.at(-1);
	return last === undefined ? undefined : last + 1;
}

/** A `]` that comes first, also after `^`, stands for itself. */
function endOfClass(expression: string, start: number): number | undefined {
	const first = expression[start + 1] === '^' ? start + 2 : start + 1;
	for (let at = first; at < expression.length; at += 1) {
		if (expression[at] === '\\') at += 1;
		else if (expression[at] === ']' && at > first) return at;
	}
	return undefined;
}
