import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { endingOf, safeFileName } from '../../service/messages/file-name.ts';

test.each([
	['invoice.pdf', 'pdf'],
	['invoice.pdf.exe', 'exe'],
	['INVOICE.EXE', 'exe'],
	['setup.exe.', 'exe'],
	['setup.exe. . .', 'exe'],
	['setup.exe \t', 'exe'],
	['photo\u202egpj.exe', 'exe'],
	['setup.exe\u200b', 'exe'],
	['setup.e\u200dxe', 'exe'],
	['setup.ｅｘｅ', 'exe'],
	['setup．exe', 'exe'],
	['setup.exe:Zone.Identifier', 'exe'],
	['setup.exe::$DATA', 'exe'],
	['setup.exe\u0000', 'exe'],
	['.exe', 'exe'],
	['setup.exe\n', 'exe'],
	['README', ''],
	['', ''],
	['a.tar.gz', 'gz'],
])('%j would be opened as "%s"', (name, ending) => {
	assert.equal(endingOf(name), ending);
});

test.each([
	['Angebot Größe 5.pdf', 'Angebot Größe 5.pdf'],
	['../../wp-config.php', '_.._wp-config.php'],
	['C:\\temp\\a.txt', 'C_temp_a.txt'],
	['photo\u202egpj.exe', 'photogpj.exe'],
	['a\r\nSet-Cookie: x.txt', 'aSet-Cookie_ x.txt'],
	['  ', 'attachment'],
	['..', 'attachment'],
	['日本語.txt', '日本語.txt'],
])('%j is saved as "%s"', (name, saved) => {
	assert.equal(safeFileName(name), saved);
});

test('a name of any letters is one line without a path, and not too long', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (name) => {
			const saved = safeFileName(name);

			assert.ok(saved.length > 0 && saved.length <= 150);
			assert.doesNotMatch(saved, /[\p{Cc}\p{Cf}/\\:]/u);
			assert.equal(safeFileName(saved), saved);
		}),
	);
});
