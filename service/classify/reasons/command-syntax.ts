import type { ShippedReason } from '../shipped-reason.ts';

export const commandSyntax: ShippedReason = {
	name: 'command-syntax',
	label: 'Error in the SMTP dialogue',
	type: 'Syntax',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'The two servers did not understand each other. Your mail administrator should look at it.',
	sentences: ['recipient addresses that were incorrectly constructed'],
	says: [
		'protocol-errors',

		'(syntax error|command unrecognized|unrecognized command|command not (implemented|recognized|understood|accepted|supported|allowed)|bad sequence of commands|bad command|invalid command|command (syntax|parameter)|unknown command|out of sequence|unexpected command|improper command|protocol error|protocol violation|need (mail|rcpt|helo|ehlo)|parameter* (not implemented|not recognized|unrecognized)|invalid parameter*|unimplemented|not implemented|improper use of smtp|command pipelining|pipelining|send hello first|polite people say hello)',
		'(malformed address|incorrectly constructed|unparseable|unparsable|unbalanced|missing or malformed local part|may not follow|colon expected|parse error in address|bad address syntax|address syntax|syntax of address|invalid address syntax|invalid syntax|unqualified address|unqualified)',
		'(syntax) (error|problem|invalid|not)',
		'(smtp protocol error|protocol error|protocol synchroni*|protocol violation|smtp synchroni*)',
	],
	hints: ['syntax'],
};
