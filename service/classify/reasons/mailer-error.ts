import type { ShippedReason } from '../shipped-reason.ts';

export const mailerError: ShippedReason = {
	name: 'mailer-error',
	label: 'Program of the recipient failed',
	type: 'Host',
	fault: 'network',
	countsTowardHold: true,
	advice:
		'A program on the recipient’s server, such as a filter or forwarder, failed. The contact may want to know.',
	says: [
		'(command|child|process|program|exec*|pipe|script|subprocess) (died|failed|exited|crashed|returned|status|output|terminated|exit|execution|could not|to |on) * (status|with|code|signal|output|error|failed|transport|found)',
		'(x-unix;|x-unix) ',
		'(command died|command failed|command output|child crashed|child status|child process|exit status|exit code|exited with|exit with|died with status|unable to run|procmail:|maildrop:|pipe to |vdelivermail|deliver: |failed with status|mailbox filter|sieve*|cyrus|mail.local|dovecot-lda|qmail-local|local mailer|unknown mailer|mailer error|mailer "*" |mailer "prog")',
		'(local delivery agent|local delivery|delivery agent|lda) (failed|error|failure)',
	],
};
