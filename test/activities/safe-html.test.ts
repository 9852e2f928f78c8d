import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { mailDocument } from '../../service/messages/mail-document.ts';
import { pictureType } from '../../service/messages/picture.ts';
import { contentIdsIn, safeHtml } from '../../service/messages/safe-html.ts';
import { hostileHtml } from '../support/hostile-html.ts';
import { faultsOf } from './harmless.ts';
import { attacks } from './html-attacks.ts';

const fragmentOf = (html: string, remote = false) => safeHtml(html, { remote }).fragment;

/** Nothing forbidden is left, with and without pictures from elsewhere, and a second reading finds nothing to change. */
function assertHarmless(html: string) {
	for (const remote of [false, true]) {
		const once = fragmentOf(html, remote);
		assert.deepEqual(faultsOf(once, { remote }), [], once);
		assert.equal(fragmentOf(once, remote), once);
	}
}

describe('HTML that attacks', () => {
	test('is tried in more than a hundred ways, and what looks for faults finds them', () => {
		assert.ok(attacks.length > 100);
		const unnoticed = attacks.filter(
			(attack) => attack.includes('<') && faultsOf(attack).length === 0,
		);
		// Two that are harmless as they stand: a title, and a picture that could be one of ours.
		assert.equal(unnoticed.length, 2);
	});

	test.each(attacks.map((attack) => [attack]))('%s', (attack) => {
		assertHarmless(attack);
	});

	test.each(attacks.map((attack) => [attack]))('inside a letter: %s', (attack) => {
		assertHarmless(`<p>Hello</p><div><table><tr><td>${attack}</td></tr></table></div><b>Anna`);
	});

	test.each(Object.entries(hostileHtml))('%s', (_, html) => {
		assertHarmless(html.replaceAll('URL', 'https://evil.example').replaceAll('JS', 'alert(1)'));
	});
});

describe('whatever the HTML', () => {
	const piece = fc.oneof(
		fc.constantFrom(...attacks),
		fc.constantFrom(
			'<div class="gmail_quote">',
			'<blockquote>',
			'</blockquote>',
			'<hr id="appendonsend">',
			'<div style="border-top:solid #E1E1E1 1.0pt">',
			'</div>',
			'<p>text</p>',
			'<table><tr><td>',
			'</table>',
			'<details class="quoted">',
			'</details>',
			'<summary>',
			'<br>',
			'&amp;lt;',
			'<a href="https://x.example/?a=1&b=2">link</a>',
			'<img src="cid:a@b">',
		),
		fc.string({ unit: fc.constantFrom(...'<>/="\'&;!-ax \n\t\u0000\u00a0') }),
		fc.string(),
	);

	test('nothing forbidden is left, and reading the result again changes nothing', () => {
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => assertHarmless(pieces.join(''))),
			{ numRuns: 400 },
		);
	});
});

describe('a letter', () => {
	test('keeps its form: headings, lists, tables, colours, links', () => {
		const letter =
			'<h1 style="color:#036">News</h1><ul><li>One</li></ul><table border="1" cellpadding="4"><tbody><tr><td bgcolor="#eee" colspan="2">x</td></tr></tbody></table><p align="center"><font color="red" face="Arial">Red</font></p>';
		assert.equal(fragmentOf(letter), letter.replace('style="color:#036"', 'style="color: #036"'));
		assert.equal(
			fragmentOf('<a href="https://example.org/a?b=1&amp;c=2">x</a>'),
			'<a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer nofollow">x</a>',
		);
	});

	test('in any script stays as it is', () => {
		const text = '<p>Grüße, Ελένη, Привет, 日本語, עברית, 😀 &amp; &lt;tags&gt;</p>';

		assert.equal(fragmentOf(text), text);
	});

	test('without tags that nobody may use keeps their words', () => {
		assert.equal(fragmentOf('<o:p>Hello</o:p> <form><label>Name</label></form>'), 'Hello Name');
	});
});

describe('pictures', () => {
	test('from elsewhere wait until they are asked for', () => {
		const html =
			'<img src="https://pics.example/a.png" alt="A"><table background="http://pics.example/b.png"></table><p style="background: #fff url(https://pics.example/c.png) no-repeat">x</p>';
		const without = safeHtml(html);
		const withThem = safeHtml(html, { remote: true });

		assert.equal(without.hasRemoteContent, true);
		assert.ok(!without.fragment.includes('pics.example'));
		assert.equal(withThem.hasRemoteContent, true);
		for (const name of ['a.png', 'b.png', 'c.png'])
			assert.ok(withThem.fragment.includes(`pics.example/${name}`), name);
		assert.match(withThem.fragment, /<img [^>]*referrerpolicy="no-referrer"/);
		assert.equal(safeHtml('<p>No pictures</p>').hasRemoteContent, false);
	});

	test('that came with the mail are shown from the mail, whatever their Content-ID looks like', () => {
		const pictures = new Map([
			['logo%201@example.org', 'data:image/png;base64,AAAA'],
			['a b', 'data:image/gif;base64,BBBB'],
		]);
		const html =
			'<img src="cid:logo%25201@example.org"><img src=\'CID:a%20b\'><img src="cid:other">';

		assert.deepEqual([...contentIdsIn(html)], ['logo%201@example.org', 'a b', 'other']);
		assert.equal(
			safeHtml(html, { pictures }).fragment,
			'<img src="data:image/png;base64,AAAA" /><img src="data:image/gif;base64,BBBB" /><img />',
		);
	});

	test('are what their first bytes say, not what the mail says', () => {
		const bytes = (text: string) => Buffer.from(text, 'latin1');

		assert.equal(pictureType(bytes('\x89PNG\r\n\x1a\nrest')), 'image/png');
		assert.equal(pictureType(bytes('\xff\xd8\xff\xe0')), 'image/jpeg');
		assert.equal(pictureType(bytes('GIF89a')), 'image/gif');
		assert.equal(pictureType(bytes('RIFF\x00\x00\x00\x00WEBPVP8 ')), 'image/webp');
		assert.equal(pictureType(bytes('<svg xmlns="http://www.w3.org/2000/svg">')), undefined);
		assert.equal(pictureType(bytes('')), undefined);
	});
});

describe('what is quoted', () => {
	const fold = '<details class="quoted"><summary>Quoted text</summary>';

	test.each([
		['a blockquote', '<p>Yes</p><blockquote type="cite">Friday?</blockquote>'],
		['Gmail', '<p>Yes</p><div class="gmail_quote gmail_quote_container">Friday?</div>'],
		['Yahoo', '<p>Yes</p><div class="yahoo_quoted">Friday?</div>'],
		['Proton', '<p>Yes</p><div class="protonmail_quote">Friday?</div>'],
		[
			'Outlook for the web',
			'<p>Yes</p><hr><div id="divRplyFwdMsg">From: Anna</div><div>Friday?</div>',
		],
		[
			'Outlook',
			'<div><p>Yes</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>From:</b> Anna</p></div></div><p>Friday?</p></div>',
		],
	])('is folded, as %s marks it', (_, html) => {
		const fragment = fragmentOf(html);

		assert.ok(fragment.indexOf(fold) > fragment.indexOf('Yes'), fragment);
		assert.ok(fragment.indexOf('Friday?') > fragment.indexOf(fold), fragment);
		assert.ok(fragment.indexOf('</details>') > fragment.indexOf('Friday?'), fragment);
		assert.equal(fragment.split('<details').length, 2);
	});

	test('is open when the mail says nothing else', () => {
		assert.match(fragmentOf('<blockquote>Friday?</blockquote>'), /^<details class="quoted" open>/);
	});
});

describe('HTML that wants to take for ever', () => {
	test.each([
		['20,000 boxes in one another', '<div>'.repeat(20_000)],
		['20,000 quotes in one another', '<blockquote>'.repeat(20_000)],
		['200,000 boxes with words', '<div>x'.repeat(200_000)],
		['5 MB of letters', '<p>hello world</p>'.repeat(300_000)],
		['5 MB of style', `<p style="${'margin:1px;'.repeat(450_000)}">`],
		['a style of a million brackets', `<p style="width:${'rgb('.repeat(250_000)}">`],
		['a million "<"', '<'.repeat(1_000_000)],
		['tags that never end', '<a href='.repeat(150_000)],
		['a comment that never ends', `<!--${'-'.repeat(5_000_000)}`],
		['100,000 pictures', '<img src="cid:x">'.repeat(100_000)],
		["100,000 of Outlook's marks", '<div id="appendonsend"></div>'.repeat(100_000)],
		['entities', '&lt;'.repeat(500_000)],
	])('%s', (_, html) => {
		const start = performance.now();
		const { fragment } = safeHtml(html);

		assert.ok(performance.now() - start < 5_000);
		assert.ok(fragment.length <= 5_000_000);
	});

	test('loses its form rather than its words', () => {
		const { fragment } = safeHtml(`${'<div>'.repeat(5_000)}Friday &amp; Monday`);

		assert.equal(fragment, '<pre>Friday &amp; Monday</pre>');
		assert.equal(safeHtml('<p>x</p>'.repeat(300_000)).isCut, true);
	});
});

test('the page around it forbids all that is not style or picture', () => {
	const page = mailDocument('<p>Hello</p>', false);

	assert.match(page, /^<!doctype html>/);
	assert.match(
		page,
		/default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'/,
	);
	assert.match(page, /<body><p>Hello<\/p><\/body>/);
	assert.match(mailDocument('', true), /img-src data: https: http:;/);
});
