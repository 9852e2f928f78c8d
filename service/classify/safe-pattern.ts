import { createContext, Script } from 'node:vm';
import type { Context } from 'node:vm';
import { RE2JS, RE2JSSyntaxException } from 're2js';
import { ServiceError } from '../errors.ts';
import { OnlyInPcre, writtenFor } from './pcre.ts';
import type { Engine } from './pcre.ts';
import { requiredWords } from './required-words.ts';

/** An administrator's regular expression that cannot hang the service (requirement E5). Letters compare without case,
 *  `^` and `$` match at line ends, as CiviCRM and phpList have it. */
export interface SafePattern {
	readonly expression: string;
	/** The first match. @throws PatternTooSlow, only for the few expressions that need back-tracking. */
	find(text: string): PatternMatch | undefined;
}

export interface PatternMatch {
	/** Offset in the text. */
	at: number;
	words: string;
}

/** A pattern that took too long on one text. It is to be marked faulty and left out until somebody mends it. */
export class PatternTooSlow extends Error {
	constructor(expression: string) {
		super(
			`The expression “${expression}” took longer than ${longestMatchMs} ms on one mail. Write it without nested repetitions.`,
		);
		this.name = 'PatternTooSlow';
	}
}

const longestExpression = 4_000;
const longestMatchMs = 50;

/** Makes an expression ready, written as PCRE has it. What re2 knows runs in linear time; look-around, back-references
 *  and what is never given back (`a++`, `(?>a)`), which it does not know, run in V8 under a time limit.
 *  @throws ServiceError invalid-request, that says what is wrong and where: `fields.expression`. */
export function compilePattern(expression: string): SafePattern {
	if (expression === '') throw wrong('Write an expression.');
	if (expression.length > longestExpression) {
		throw wrong(
			`The expression is longer than ${longestExpression.toLocaleString('en')} characters.`,
		);
	}
	const plain = written('re2', expression);
	const pattern = linear(expression, plain) ?? limited(expression, written('v8', expression));
	const words = requiredWords(plain);
	if (!words) return pattern;

	return {
		expression,
		find: (text) => {
			const lower = text.toLowerCase();
			return words.some((word) => lower.includes(word)) ? pattern.find(text) : undefined;
		},
	};
}

function written(engine: Engine, expression: string): string {
	try {
		return writtenFor(engine, expression);
	} catch (error) {
		if (!(error instanceof OnlyInPcre)) throw error;
		throw wrong(`The expression is wrong at character ${error.at + 1}: ${error.message}.`, error);
	}
}

/** Undefined when re2 does not know a part of it that V8 may know. */
function linear(expression: string, plain: string): SafePattern | undefined {
	try {
		const compiled = RE2JS.compile(plain, RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE);
		return {
			expression,
			find: (text) => {
				if (!compiled.test(text)) return undefined;
				const matcher = compiled.matcher(text);
				if (!matcher.find()) return undefined;
				return { at: matcher.start(), words: text.slice(matcher.start(), matcher.end()) };
			},
		};
	} catch (error) {
		if (!(error instanceof RE2JSSyntaxException)) throw error;
		if (isKnownToV8(writtenFor('v8', expression))) return undefined;
		throw wrong(sentenceOf(expression, error), error);
	}
}

/** The one realm for all expressions that need V8: making one takes a millisecond, and a long list has many. */
let realm: { context: Context; match: Script } | undefined;

function limited(expression: string, plain: string): SafePattern {
	const compiled = new RegExp(plain, 'im');
	return {
		expression,
		find: (text) => {
			const found = withinLimit(compiled, text);
			if (found === 'too slow') throw new PatternTooSlow(expression);
			return found;
		},
	};
}

/** The limit is time on the clock: where the machine was busy with other things, another try is fair. */
function withinLimit(
	expression: RegExp,
	text: string,
	tries = 5,
): PatternMatch | undefined | 'too slow' {
	const before = process.cpuUsage();
	try {
		return matchInRealm(expression, text);
	} catch (error) {
		if (!isTimeout(error)) throw error;
		const { user, system } = process.cpuUsage(before);
		const wasBusy = user + system > longestMatchMs * 500;
		return wasBusy || tries === 1 ? 'too slow' : withinLimit(expression, text, tries - 1);
	}
}

function matchInRealm(expression: RegExp, text: string): PatternMatch | undefined {
	realm ??= { context: createContext({}), match: new Script('found = expression.exec(text)') };
	const { context, match } = realm;
	context['expression'] = expression;
	context['text'] = text;
	match.runInContext(context, { timeout: longestMatchMs });
	const found: unknown = context['found'];
	if (!Array.isArray(found) || !('index' in found)) return undefined;
	return { at: Number(found.index), words: String(found[0]) };
}

/** The error may come from the context's own realm, where `Error` is another one. */
function isTimeout(error: unknown): boolean {
	return (
		typeof error === 'object' &&
		error !== null &&
		'code' in error &&
		error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
	);
}

function isKnownToV8(plain: string): boolean {
	try {
		return Boolean(new RegExp(plain, 'im'));
	} catch (error) {
		if (error instanceof SyntaxError) return false;
		throw error;
	}
}

function sentenceOf(expression: string, error: RE2JSSyntaxException): string {
	const part = error.getPattern() ?? '';
	const at = part && part !== expression ? expression.indexOf(part) : -1;
	const where = at < 0 ? '' : ` at character ${at + 1}, “${part}”`;
	return `The expression is wrong${where}: ${error.getDescription()}.`;
}

function wrong(message: string, cause?: unknown): ServiceError {
	return new ServiceError('invalid-request', message, {
		cause,
		problem: 'wrong-expression',
		fields: { expression: message },
	});
}
