import type { Migration } from 'kysely';
import * as theFirstTables from './001-the-first-tables.ts';
import * as rules from './002-rules.ts';
import * as catalogueAndIncidents from './003-catalogue-and-incidents.ts';
import * as separatorAndSwitchedOffPatterns from './004-separator-and-switched-off-patterns.ts';
import * as peopleAndTheirMail from './005-people-and-their-mail.ts';
import * as oauth from './006-oauth.ts';
import * as restingAndWatchedAccounts from './007-resting-and-watched-accounts.ts';
import * as pop3 from './008-pop3.ts';
import * as filingFast from './009-filing-fast.ts';
import * as whoseEdit from './010-whose-edit.ts';
import * as quietRuns from './011-quiet-runs.ts';
import * as mailboxPages from './012-mailbox-pages.ts';
import * as contactsByWords from './015-contacts-by-words.ts';
import * as whoBounced from './016-who-bounced.ts';
import * as whyBouncesWereIgnored from './017-why-bounces-were-ignored.ts';
import * as everySiteByIndex from './018-every-site-by-index.ts';

/** In this order, each once; a new one is a new file and a line here. */
export const migrations: Record<string, Migration> = {
	'001-the-first-tables': theFirstTables,
	'002-rules': rules,
	'003-catalogue-and-incidents': catalogueAndIncidents,
	'004-separator-and-switched-off-patterns': separatorAndSwitchedOffPatterns,
	'005-people-and-their-mail': peopleAndTheirMail,
	'006-oauth': oauth,
	'007-resting-and-watched-accounts': restingAndWatchedAccounts,
	'008-pop3': pop3,
	'009-filing-fast': filingFast,
	'010-whose-edit': whoseEdit,
	'011-quiet-runs': quietRuns,
	'012-mailbox-pages': mailboxPages,
	'015-contacts-by-words': contactsByWords,
	'016-who-bounced': whoBounced,
	'017-why-bounces-were-ignored': whyBouncesWereIgnored,
	'018-every-site-by-index': everySiteByIndex,
};
