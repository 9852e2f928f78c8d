import assert from 'node:assert/strict';
import { test } from 'vitest';
import {
	filingFolderNames,
	findFolder,
	quoteFolder,
	similarFolders,
	toModifiedUtf7,
} from '../../service/mailboxes/folder-names.ts';

const courier = { prefix: 'INBOX.', delimiter: '.' };
const plain = { prefix: '', delimiter: '/' };

test('an empty source and any spelling of inbox are the INBOX', () => {
	for (const written of ['', '  ', 'INBOX', 'Inbox', 'inbox']) {
		assert.equal(findFolder(written, ['INBOX'], plain), 'INBOX');
	}
});

test('a folder whose name has dots is found as it is before dots are read as delimiters', () => {
	const folders = ['INBOX', 'example.org', 'example/org'];

	assert.equal(findFolder('example.org', folders, plain), 'example.org');
});

test('a folder that is not there is not invented', () => {
	assert.equal(findFolder('INBOX.civicrm', ['INBOX', 'INBOX.other'], courier), undefined);
});

test('similar names are offered, the likeliest first', () => {
	const folders = ['INBOX', 'INBOX.Archive', 'INBOX.civicrm-old', 'INBOX.Civicrm'];

	assert.deepEqual(similarFolders('civicrm', folders), ['INBOX.Civicrm', 'INBOX.civicrm-old']);
});

test('filing folders follow the server’s delimiter and prefix', () => {
	assert.deepEqual(filingFolderNames('INBOX', 'CiviMail', 'processed', courier), [
		'INBOX.CiviMail.processed',
	]);
	assert.deepEqual(filingFolderNames('civicrm', 'Old mail/CiviMail', 'ignored', plain), [
		'civicrm/Old mail/CiviMail/ignored',
		'Old mail/CiviMail/ignored',
	]);
});

test('names outside ASCII are written in modified UTF-7', () => {
	assert.equal(toModifiedUtf7('Entwürfe'), 'Entw&APw-rfe');
	assert.equal(toModifiedUtf7('Post & Co'), 'Post &- Co');
	// The examples of RFC 3501 §5.1.3.
	assert.equal(toModifiedUtf7('~peter/mail/台北/日本語'), '~peter/mail/&U,BTFw-/&ZeVnLIqe-');
});

test('no name can end the command and begin another', () => {
	assert.equal(quoteFolder('a"b\\c'), '"a\\"b\\\\c"');
	assert.doesNotMatch(quoteFolder('x\r\nA1 DELETE INBOX\0'), /[\r\n\0]/);
});
