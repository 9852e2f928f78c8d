import type { BouncePolicy } from './act/decide-bounce.ts';
import type { Catalogue } from './classify/catalogue.ts';
import type { ActivityBook } from './crm/activity-book.ts';
import type { ContactBook } from './crm/contact-book.ts';
import type { Crm } from './crm/crm.ts';
import type { FilingBook } from './crm/filing-book.ts';
import type { IncidentBook } from './incidents/incident-book.ts';
import type { PersonalData } from './crm/personal-data.ts';
import type { JobBook } from './jobs/job-book.ts';
import type { Turns } from './turns.ts';
import type { Log } from './log.ts';
import type { OpenMailbox, TestMailbox, WatchMailbox } from './mailboxes/mail-store.ts';
import type { ReprocessBook } from './reprocess/reprocess-book.ts';
import type { Archive } from './report/archive.ts';
import type { Blobs } from './report/blobs.ts';
import type { Outcomes } from './report/outcomes.ts';
import type { Report } from './report/report.ts';
import type { Accounts } from './settings/accounts.ts';
import type { AuditLog } from './settings/audit-log.ts';
import type { Authorisations } from './settings/authorisations.ts';
import type { FilingSettingsBook } from './settings/filing-settings.ts';
import type { PatternBook } from './settings/pattern-book.ts';
import type { RuleBook } from './settings/rules.ts';
import type { CatalogueBook } from './settings/site-catalogue.ts';

/** All that one WordPress site needs, and nothing of any other. `sites.ts` alone makes it. */
export interface Site {
	readonly id: string;
	readonly name: string;
	readonly crm: Crm;
	/** The contacts as people find, read and edit them. */
	readonly contacts: ContactBook;
	/** Filed mail, to be read and corrected. */
	readonly activities: ActivityBook;
	readonly report: Report;
	/** The report's rows, for counting and judging them anew. */
	readonly archive: Archive;
	/** The ledger: every mail that was seen, and what became of it. */
	readonly outcomes: Outcomes;
	/** Contents of attachments. */
	readonly blobs: Blobs;
	/** What filing mail asks and writes. */
	readonly filing: FilingBook;
	readonly filingSettings: FilingSettingsBook;
	readonly personalData: PersonalData;
	readonly accounts: Accounts;
	readonly authorisations: Authorisations;
	readonly incidents: IncidentBook;
	readonly reprocessings: ReprocessBook;
	readonly jobs: JobBook;
	/** Who may look into a mailbox, and who may read one, at a time: all sites of this process stand in the same lines. */
	readonly turns: { looking: Turns; reading: Turns };
	readonly audit: AuditLog;
	/** As it was when this site was found: the same for a whole run or request. */
	readonly catalogue: Catalogue;
	/** Where the catalogue and the policy are changed. */
	readonly catalogueBook: CatalogueBook;
	readonly patterns: PatternBook;
	readonly rules: RuleBook;
	readonly policy: BouncePolicy;
	readonly log: Log;
	readonly now: () => Date;
	readonly openMailbox: OpenMailbox;
	readonly testMailbox: TestMailbox;
	readonly watchMailbox: WatchMailbox;
	/** Runs `work` on a site whose reading and writing is all or nothing. */
	inTransaction<Result>(work: (site: Site) => Promise<Result>): Promise<Result>;
}
