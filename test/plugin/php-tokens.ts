import { barePhp, pluginFiles, pluginInPhp } from './php.ts';

/** A token as PHP's own tokenizer names it; punctuation is named by itself. White space and comments are left out. */
export interface Token {
	name: string;
	text: string;
	line: number;
}

/** Reads all files of the plugin with PHP's own parser.
 *  @returns file name → its tokens, or what PHP has against it. */
export async function tokensOfPlugin(): Promise<Map<string, Token[] | string>> {
	const php = await barePhp();
	try {
		const printed = await php.run(`
			$files = array();
			foreach ( json_decode( '${JSON.stringify(pluginFiles())}' ) as $file ) {
				try {
					$tokens = PhpToken::tokenize( file_get_contents( "${pluginInPhp}/$file" ), TOKEN_PARSE );
					$files[ $file ] = array_values( array_map(
						static fn( $token ) => array( 'name' => $token->getTokenName(), 'text' => $token->text, 'line' => $token->line ),
						array_filter( $tokens, static fn( $token ) => ! $token->isIgnorable() )
					) );
				} catch ( ParseError $error ) {
					$files[ $file ] = $error->getMessage() . ' in line ' . $error->getLine();
				}
			}
			echo json_encode( $files );`);
		return new Map(Object.entries(JSON.parse(printed) as Record<string, Token[] | string>));
	} finally {
		php.stop();
	}
}

/** The arguments of every call of a function (not of a method), each as its tokens. */
export function callsOf(tokens: Token[], names: ReadonlySet<string>): Call[] {
	return tokens.flatMap((token, at) => {
		const isCall =
			token.name === 'T_STRING' && names.has(token.text) && tokens[at + 1]?.text === '(';
		const before = tokens[at - 1]?.name ?? '';
		if (!isCall || ['T_OBJECT_OPERATOR', 'T_DOUBLE_COLON', 'T_FUNCTION'].includes(before))
			return [];
		return [{ name: token.text, line: token.line, arguments: argumentsFrom(tokens, at + 1) }];
	});
}

export interface Call {
	name: string;
	line: number;
	arguments: Token[][];
}

/** What stands between a bracket and its partner, split at the commas of its own level. */
function argumentsFrom(tokens: Token[], open: number): Token[][] {
	const end = partnerOf(tokens, open);
	return splitAt(tokens.slice(open + 1, end), ',').filter((part) => part.length > 0);
}

/** The place of the bracket that closes the one at `open`. */
export function partnerOf(tokens: Token[], open: number): number {
	let depth = 0;
	for (let at = open; at < tokens.length; at++) {
		depth += change(tokens[at]);
		if (depth === 0) return at;
	}
	throw new Error('The bracket is never closed.');
}

/** Splits at separators that stand in no bracket. */
export function splitAt(tokens: Token[], separator: string): Token[][] {
	const parts: Token[][] = [[]];
	let depth = 0;
	for (const token of tokens) {
		depth += change(token);
		if (depth === 0 && token.text === separator) parts.push([]);
		else parts.at(-1)?.push(token);
	}
	return parts;
}

function change(token: Token | undefined): number {
	if (!token) return 0;
	if (['(', '[', '{', '${'].includes(token.text)) return 1;
	return [')', ']', '}'].includes(token.text) ? -1 : 0;
}
