import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, test } from 'vitest';
import { pluginFolder } from '../support/wordpress/site-folder.ts';
import { callsOf, splitAt, tokensOfPlugin } from './php-tokens.ts';
import type { Token } from './php-tokens.ts';

let files: Map<string, Token[] | string>;

beforeAll(async () => {
	files = await tokensOfPlugin();
}, 60_000);

/** Every file that PHP can read, with its tokens. */
function readable(): [string, Token[]][] {
	return [...files].filter((entry): entry is [string, Token[]] => typeof entry[1] !== 'string');
}

function textOf(file: string): string {
	return readFileSync(join(pluginFolder, file), 'utf8');
}

test('PHP 8.3 can read every file', () => {
	const wrong = [...files].filter(([, tokens]) => typeof tokens === 'string');

	assert.deepEqual(wrong, []);
	assert.ok(files.size > 10);
});

test('every file is strict about types and does nothing outside of WordPress', () => {
	const guard = "defined ( 'ABSPATH' ) || exit ;";
	for (const [file, tokens] of readable()) {
		const code = tokens.map(({ text }) => text.trim()).join(' ');
		assert.match(code, /^declare \( strict_types = 1 \) ; namespace Return_Channel ;/, file);
		assert.ok(code.includes(guard), `${file} lacks the ABSPATH guard`);
		assert.ok(!tokens.some(({ name }) => name === 'T_INLINE_HTML'), `${file} prints HTML`);
	}
});

test('every REST route asks who may', () => {
	const calls = readable().flatMap(([file, tokens]) =>
		callsOf(tokens, new Set(['register_rest_route'])).map((call) => ({ file, ...call })),
	);

	assert.ok(calls.length > 0);
	for (const { file, line, arguments: given } of calls) {
		const options = given.flat().map(({ text }) => text);
		const at = options.indexOf("'permission_callback'");
		const callback = options.slice(at).join(' ');
		assert.ok(at >= 0, `${file}:${line} has no permission_callback`);
		assert.match(callback, /current_user_can/, `${file}:${line}`);
		assert.doesNotMatch(callback, /__return_true/, `${file}:${line}`);
	}
});

test('all that is printed is literal or escaped where it is printed', () => {
	const unescaped: string[] = [];
	for (const [file, tokens] of readable()) {
		for (const { line, parts } of printed(tokens)) {
			for (const part of parts)
				if (!isSafe(part))
					unescaped.push(`${file}:${line} ${part.map(({ text }) => text).join('')}`);
		}
	}

	assert.deepEqual(unescaped, []);
});

/** What `echo` and `printf` print, in the parts that are put together. */
function printed(tokens: Token[]): { line: number; parts: Token[][] }[] {
	const echoes = tokens.flatMap((token, at) => {
		if (token.name !== 'T_ECHO' && token.name !== 'T_PRINT') return [];
		const end = tokens.findIndex(({ text }, place) => place > at && text === ';');
		const expression = tokens.slice(at + 1, end);
		const parts = splitAt(expression, ',').flatMap((part) => splitAt(part, '.'));
		return [{ line: token.line, parts }];
	});
	const printfs = callsOf(tokens, new Set(['printf', 'vprintf'])).map((call) => ({
		line: call.line,
		parts: call.arguments,
	}));
	return [...echoes, ...printfs];
}

function isSafe(part: Token[]): boolean {
	const [first] = part;
	if (part.length === 1) return first?.name === 'T_CONSTANT_ENCAPSED_STRING';
	const choices = splitAt(part, '?');
	if (choices.length === 2) return splitAt(choices[1] ?? [], ':').every(isSafe);
	const isEscaped = /^(esc_(html|attr|url|textarea)|esc_html__|esc_attr__|wp_kses_post)$/;
	return isEscaped.test(first?.text ?? '') && part[1]?.text === '(' && part.at(-1)?.text === ')';
}

test('every translated text is a literal in the plugin’s own text domain', () => {
	const translators = new Set(['__', '_x', '_n', '_nx', 'esc_html__', 'esc_attr__', 'esc_html_x']);
	const calls = readable().flatMap(([file, tokens]) =>
		callsOf(tokens, translators).map((call) => ({ file, ...call })),
	);

	assert.ok(calls.length > 30);
	for (const { file, line, arguments: given } of calls) {
		const texts = given.map((argument) => argument.map(({ text }) => text).join(''));
		assert.equal(texts.at(-1), "'return-channel'", `${file}:${line}`);
		assert.equal(given[0]?.[0]?.name, 'T_CONSTANT_ENCAPSED_STRING', `${file}:${line}`);
		assert.equal(given[0]?.length, 1, `${file}:${line}`);
	}
});

test('the header, the constant, the readme and the package name the same version', () => {
	const main = textOf('return-channel.php');
	const readme = textOf('readme.txt');
	const { version } = JSON.parse(
		readFileSync(join(pluginFolder, '..', 'package.json'), 'utf8'),
	) as {
		version: string;
	};

	assert.equal(/^ \* Version: +(\S+)$/m.exec(main)?.[1], version);
	assert.equal(/^const VERSION += '(.+)';$/m.exec(main)?.[1], version);
	assert.equal(/^Stable tag: (\S+)$/m.exec(readme)?.[1], version);
	assert.ok(readme.includes(`= ${version} =`));
	for (const field of ['Requires at least', 'Requires PHP'])
		assert.equal(
			new RegExp(`^ \\* ${field}: +(\\S+)$`, 'm').exec(main)?.[1],
			new RegExp(`^${field}: (\\S+)$`, 'm').exec(readme)?.[1],
			field,
		);
});

test('uninstalling knows every option and every event', () => {
	const uninstall = textOf('uninstall.php');
	const names = readable().flatMap(([file]) =>
		[...textOf(file).matchAll(/const (?:OPTION|HOOK) += '(\w+)'/g)].map(([, name = '']) => name),
	);

	assert.ok(names.length >= 5);
	for (const name of names) assert.ok(uninstall.includes(`'${name}'`), name);
});

test('every class file is loaded, and the text domain is the folder’s name', () => {
	const main = textOf('return-channel.php');
	for (const [file] of files)
		if (file.startsWith('includes')) assert.ok(main.includes(`'/${file}'`), file);
	assert.match(main, /^ \* Text Domain: +return-channel$/m);
});
