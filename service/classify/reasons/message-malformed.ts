import type { ShippedReason } from '../shipped-reason.ts';

export const messageMalformed: ShippedReason = {
	name: 'message-malformed',
	label: 'Our message is malformed',
	type: 'Syntax',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'The server finds the mail itself faulty: a header is missing, double or wrongly written. Your mailing program should be looked at.',
	says: [
		'(messages with multiple|multiple) addresses in from',
		'msg-p*',
		'too many equal',

		'(invalid|malformed|missing|bad|improper|illegal) (header|headers|from header|date header|mime|message-id|subject header|to header)',

		'(headers|header) (is |are |)too (large|long|big)',

		"(not|isn't|non) (rfc|rfc-|compliant|in compliance|comply|complying|conform*) * (rfc|2822|5322|822|5321|standard*|compliant)",
		'(rfc|rfc-) * (compliant|violation|non-compliant|compliance|conform*|invalid|not)',
		'(rfc 5322|rfc5322|rfc 2822|rfc2822|rfc822|rfc 822|rfc 6532|rfc 5321|rfc 1035|rfc 2047) ',
		'(missing|invalid|malformed|bad|duplicate|multiple|incorrect|illegal|no|improper|empty|lacks|without|non-compliant|absent|broken|unacceptable|several|two) (or invalid |or multiple |or missing |or duplicate |or malformed |a |valid |)(from|date|message-id|message id|messageid|mime|header|headers|subject|to|sender|received|from:|date:|to:|reply-to|content-type|content-transfer-encoding|header line|header field|header lines|boundary|return-path|mail header|message header|message-id:) (header|headers|field|fields|line|in|is|are|syntax|detected|found|address|encoding|:|addresses|lines|format|message|structure|part|or|specified|characters)',
		'(header|headers|header field|from header|message header|message headers|mime structure|message-id header|date header|subject header|to header|from: header) (is |are |line |field |syntax |contains |has |have |was |not |encoding |) (missing|invalid|malformed|syntax|not present|not rfc|illegal|bad|broken|duplicate*|non-ascii|8-bit|non-rfc|not allowed|too long|incorrect|improper|forged|not unique|unbalanced)',
		'(messages|message|mail|email) (missing|without|lacks|lacking|has no|does not have|contains no|has a malformed|has multiple|with multiple|with no) (a |the |valid |an |)(valid |)(from|date|message-id|address|to|subject|header|return|mime|messageid|content|body|recipient|sender)',
		'(bare|stray|isolated|naked) (lf|cr|linefeed*|line feed*|newline*|carriage return*|<lf>|<cr>|lfs)',
		'(line|header line|line length|lines) (is |are |)(too long|exceed*|longer than|length limit|over 998)',
		'(8bit|8-bit|non-ascii|nonascii|eight bit|nul|null|control|unencoded|illegal|utf-8|unicode) (character|characters|data|bytes|byte|chars|header*|address*|mail) (in|not|are|is|found|detected|within|)',
		'(mime|mime-version|mime boundary|multipart) (error|malformed|violation|invalid|structure|conformance|format|headers|nesting|header|type|parse|syntax)',
		'(message|mail|email|content) (is |format |content |structure |not |has |body |) (malformed|not properly|badly|poorly|improperly|not correctly|ill-formed|incorrectly|format error|invalid format) * (formatted|formed|structured|constructed|encoded|)',
		'(improper|malformed|invalid|bad) (message|mail|mime|email|envelope|content)(format| structure| header*|)',
		'(duplicate|multiple) (header*|from|addresses in from|message-id)',
		'smtputf8 (is |)(required|not|support)',
		'(conversion|converting) (required|failed|not|with loss|error)',
		'(non-rfc|rfc non|nonconform*|non-conform*)',
	],
};
