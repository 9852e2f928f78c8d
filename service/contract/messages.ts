/** What goes over each route: `requests` is checked at the door of the service (zod), `Answers` is what comes back.
 *  Path parameters, query and JSON body arrive as one object. */

import { z } from 'zod';
import { accountUses, protocols, securities, separators } from './account.ts';
import type { Account, ConnectionReport, IgnoredMails, ListedAccount } from './account.ts';
import { activityRequests, filingOptions } from './activity-messages.ts';
import type { ActivityAnswers } from './activity-messages.ts';
import { holdKinds } from './address.ts';
import type { AddressOnHold, AddressTimeline, ReleaseReport } from './address.ts';
import { faults, trusts } from './bounce.ts';
import type { BounceDetail, BounceFacets, BounceSummary, RawMail } from './bounce.ts';
import { catalogueRequests } from './catalogue-messages.ts';
import type { CatalogueAnswers } from './catalogue-messages.ts';
import { contactRequests } from './contact-messages.ts';
import type { ContactAnswers } from './contact-messages.ts';
import { frequencies, jobNames } from './job.ts';
import type { Job, JobRun, RunStarted } from './job.ts';
import { authentications, oauthProviders, usualOAuth } from './oauth.ts';
import type { Page } from './page.ts';
import { byId, day, flag, id, none, paged } from './request-parts.ts';
import type { RouteName } from './routes.ts';
import type { RuleAnswers } from './rule-messages.ts';
import { ruleRequests } from './rule-messages.ts';
import type { Attention, ServiceStatus, SyncReport } from './site.ts';

const bounceFilters = z.object({
	...paged,
	orderby: z.enum(['recordedAt', 'email', 'type']).default('recordedAt'),
	type: z.string().max(60).optional(),
	reason: z.string().max(60).optional(),
	fault: z.enum(faults).optional(),
	trust: z.enum(trusts).optional(),
	recognised: flag.optional(),
	addressId: id.optional(),
	mailingId: id.optional(),
	/** Days in UTC, both included. */
	from: day.optional(),
	until: day.optional(),
});

const holdFilters = z.object({
	...paged,
	orderby: z.enum(['heldSince', 'email', 'type']).default('heldSince'),
	hold: z.enum(holdKinds).optional(),
	type: z.string().max(60).optional(),
	domain: z.string().trim().toLowerCase().max(255).optional(),
	from: day.optional(),
	until: day.optional(),
});

/** Which addresses to release: those named, or all that a filter finds. */
const releaseRequest = z.union([
	z.object({ addressIds: z.array(id).min(1).max(10_000) }),
	z.object({ filter: holdFilters.partial().omit({ page: true, per_page: true }) }),
]);

const endpoint = z.union([
	z.literal(''),
	z.url({ protocol: /^https?$/, error: 'Write the whole address.' }),
]);
const oauthFields = z.object({
	provider: z.enum(oauthProviders).default(usualOAuth.provider),
	clientId: z.string().trim().max(500).default(''),
	tenant: z
		.string()
		.trim()
		.regex(
			/^[A-Za-z0-9.-]{1,100}$/,
			'A directory is a name such as example.onmicrosoft.com, or its ID.',
		)
		.default(usualOAuth.tenant),
	authorizeUrl: endpoint.default(''),
	tokenUrl: endpoint.default(''),
	scope: z.string().trim().max(1000).default(''),
});

const noPort = 'A port is a whole number from 1 to 65535.';
const port = z.coerce.number(noPort).int(noPort).min(1, noPort).max(65535, noPort);
/** `accountFields` is the form; a password of undefined keeps the stored one. */
const accountFields = z.object({
	name: z.string().trim().min(1, 'Give the account a name.').max(100),
	usedFor: z.enum(accountUses),
	protocol: z.enum(protocols),
	server: z.string().trim().max(255).default(''),
	port: port.nullable().default(null),
	security: z.enum(securities).default('tls'),
	verifyCertificate: z.boolean().default(true),
	userName: z.string().trim().max(255).default(''),
	password: z.string().max(1000).optional(),
	authentication: z.enum(authentications).optional(),
	oauth: oauthFields.optional(),
	/** As the password: undefined keeps the stored one. */
	clientSecret: z.string().max(1000).optional(),
	localPart: z
		.string()
		.trim()
		.max(32, 'The local part can have 32 characters at most, so that the whole stays within 64.')
		.regex(
			/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]*$/,
			'The local part has a character that no mail address may have.',
		)
		.default(''),
	emailDomain: z
		.string()
		.trim()
		.toLowerCase()
		.max(255)
		.regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/, 'The e-mail domain looks like example.org.'),
	separator: z.enum(separators).default('.'),
	returnPath: z
		.union([z.literal(''), z.email('The return path is not an e-mail address.')])
		.default(''),
	source: z.string().trim().max(1000).default(''),
	filingFolder: z.string().trim().min(1).max(100).default('CiviMail'),
	/** How an account for activities files; as documented when left out. */
	filing: filingOptions.optional(),
	isActive: z.boolean().default(true),
	asMailArrives: z.boolean().optional(),
	purgeProcessed: z.boolean().optional(),
	purgeUnprocessed: z.boolean().optional(),
});

const users = z.object({
	users: z
		.array(
			z.object({
				userId: z.number().int().positive(),
				email: z.string().max(320),
				displayName: z.string().max(250).default(''),
				firstName: z.string().max(250).default(''),
				lastName: z.string().max(250).default(''),
				roles: z.array(z.string().max(100)).max(50).optional(),
			}),
		)
		.max(1000),
	/** True in the last part of a bulk sync: users not named since its start are no longer users. */
	syncId: z.string().max(64).optional(),
	isLastPart: z.boolean().default(false),
});

export const requests = {
	...catalogueRequests,
	getStatus: none,
	listBounces: bounceFilters,
	countBounces: bounceFilters,
	getBounce: byId,
	getRawMail: byId,
	takeBackBounce: byId,
	listAddressesOnHold: holdFilters,
	releaseAddresses: releaseRequest,
	undoRelease: byId,
	holdAddress: byId.extend({ note: z.string().trim().max(500).default('') }),
	explainAddress: byId,
	listAccounts: none,
	addAccount: accountFields,
	changeAccount: accountFields.extend({ id }),
	deleteAccount: byId,
	/** With an id, an empty password means the stored one. */
	/** What the account is called and which addresses it has are no matter to its mailbox. */
	testAccount: accountFields.extend({
		id: id.optional(),
		name: z.string().max(100).default(''),
		emailDomain: z.string().max(255).default(''),
	}),
	/** Sends the mailbox's owner to the provider, who comes back to `redirectUrl` with `code` and `state`. */
	beginAuthorisation: byId.extend({ redirectUrl: z.url({ protocol: /^https?$/ }).max(1000) }),
	finishAuthorisation: z.object({
		state: z.string().min(1).max(200),
		code: z.string().max(4000).optional(),
		error: z.string().max(200).optional(),
		errorDescription: z.string().max(1000).optional(),
	}),
	forgetAuthorisation: byId,
	getMailFolders: none,
	listJobs: none,
	changeJob: z.object({
		name: z.enum(jobNames),
		frequency: z.enum(frequencies),
		isEnabled: z.boolean(),
	}),
	runJob: z.object({
		name: z.enum(jobNames),
		dryRun: z.boolean().default(false),
		/** Jobs that read mailboxes: first bring back the mails that were ignored (requirement B11). */
		ignoredAgain: z.boolean().default(false),
		/** Jobs that read mailboxes: only this one. */
		accountId: id.optional(),
	}),
	countIgnored: z.object({ name: z.enum(jobNames), accountId: id.optional() }),
	listRuns: z.object({ ...paged, job: z.enum(jobNames).optional() }),
	getRun: byId,
	...ruleRequests,
	...contactRequests,
	...activityRequests,
	runDueJobs: none,
	syncUsers: users,
	removeUsers: z.object({ userIds: z.array(z.number().int().positive()).max(1000) }),
	introduceSite: z.object({
		name: z.string().max(250),
		url: z.url().max(500),
		adminEmail: z.string().max(320).default(''),
	}),
} as const satisfies Record<RouteName, z.ZodType>;

export interface Answers extends RuleAnswers, CatalogueAnswers, ContactAnswers, ActivityAnswers {
	getStatus: ServiceStatus;
	listBounces: Page<BounceSummary>;
	countBounces: BounceFacets;
	getBounce: BounceDetail;
	getRawMail: RawMail;
	takeBackBounce: BounceDetail;
	listAddressesOnHold: Page<AddressOnHold>;
	releaseAddresses: ReleaseReport;
	undoRelease: ReleaseReport;
	holdAddress: AddressOnHold;
	explainAddress: AddressTimeline;
	listAccounts: Page<ListedAccount>;
	addAccount: Account;
	changeAccount: Account;
	deleteAccount: { sentence: string };
	testAccount: ConnectionReport;
	/** Below which folders this site may read mailboxes that are files and folders; none: the operator allows none. */
	getMailFolders: { folders: string[] };
	beginAuthorisation: { url: string };
	finishAuthorisation: Account;
	forgetAuthorisation: Account;
	listJobs: Page<Job>;
	changeJob: Job;
	runJob: RunStarted;
	countIgnored: IgnoredMails;
	listRuns: Page<JobRun>;
	getRun: JobRun;
	runDueJobs: { started: JobRun[]; sentence: string; attention: Attention[] };
	syncUsers: SyncReport;
	removeUsers: SyncReport;
	introduceSite: ServiceStatus;
}

/** A request after the door: defaults filled in, words turned into numbers. */
export type Request<Name extends RouteName> = z.output<(typeof requests)[Name]>;
/** A request as the caller writes it. */
export type RequestInput<Name extends RouteName> = z.input<(typeof requests)[Name]>;
