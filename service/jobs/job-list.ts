import type { Frequency, JobName } from '../contract/job.ts';
import { judgeMailsAgain } from '../reprocess/carry-out.ts';
import type { Site } from '../site.ts';
import { applyRules } from './apply-rules.ts';
import { cleanUp } from './clean-up.ts';
import { fetchBounces } from './fetch-bounces.ts';
import { fileMailsAgain } from './file-mails-again.ts';
import { importContacts } from './import-contacts.ts';
import type { RunContext } from './job-book.ts';
import { processIncomingEmails } from './process-incoming-emails.ts';

interface JobDescription {
	label: string;
	description: string;
	/** As shipped; an administrator may change both. */
	frequency: Frequency;
	isEnabled: boolean;
	/** @returns what it did, as a sentence. @throws when the run failed; the message is shown. */
	run: (site: Site, context: RunContext) => Promise<string>;
}

/** The scheduled jobs, in the order of the page. */
export const jobList: Record<JobName, JobDescription> = {
	fetch_bounces: {
		label: 'Fetch Bounces',
		description:
			'Reads the bounce mailbox, records what came back, and puts addresses on hold that get no mail any more.',
		frequency: 'always',
		isEnabled: true,
		run: fetchBounces,
	},
	process_incoming_emails: {
		label: 'Process Incoming Emails',
		description:
			'Reads the mailboxes for email-to-activity and files each mail with the contacts it is from and to.',
		frequency: 'always',
		isEnabled: true,
		run: processIncomingEmails,
	},
	apply_bounce_rules: {
		label: 'Apply Bounce Rules',
		description:
			'Does to the stored bounces what the active bounce rules want. New mails are dealt with as they come in, so this is for rules that were added or changed since.',
		frequency: 'daily',
		isEnabled: false,
		run: applyRules,
	},
	judge_mails_again: {
		label: 'Judge Mails Again',
		description:
			'Judges stored mails again where an administrator asked for it, and goes on where an earlier run was interrupted.',
		frequency: 'hourly',
		isEnabled: true,
		run: judgeMailsAgain,
	},
	file_mails_again: {
		label: 'File Mails Again',
		description:
			'Decides again about stored mails that an administrator chose in the mail log, under the present settings.',
		frequency: 'hourly',
		isEnabled: false,
		run: fileMailsAgain,
	},
	import_contacts: {
		label: 'Import Contacts',
		description:
			'Imports files of contacts where an administrator asked for it, and goes on where an earlier run was interrupted.',
		frequency: 'hourly',
		isEnabled: true,
		run: importContacts,
	},
	clean_up: {
		label: 'Clean Up',
		description:
			'Deletes raw mails, filed mail and entries of the mail log that are older than the settings of filed mail say, what has been in the trash for 30 days, and job log entries that are older than a year.',
		frequency: 'daily',
		isEnabled: true,
		run: cleanUp,
	},
};
