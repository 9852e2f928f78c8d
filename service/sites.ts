import type { Config } from './config.ts';
import { builtinActivities } from './crm/builtin/activities/builtin-activities.ts';
import { builtinContactBook } from './crm/builtin/contacts/contact-book.ts';
import { builtinCrm } from './crm/builtin/builtin-crm.ts';
import { builtinPersonalData } from './crm/builtin/privacy/builtin-personal-data.ts';
import { builtinFiling } from './crm/builtin/filing/builtin-filing.ts';
import type { Database } from './db/open.ts';
import { siteIncidentBook } from './incidents/site-incident-book.ts';
import { thisProcess } from './jobs/lease-owner.ts';
import { siteJobBook } from './jobs/site-job-book.ts';
import { Turns } from './turns.ts';
import type { Log } from './log.ts';
import { openMailbox } from './mailboxes/open-mailbox.ts';
import { oauthClient } from './mailboxes/oauth/oauth-client.ts';
import type { OAuthClient } from './mailboxes/oauth/oauth.ts';
import { testMailbox } from './mailboxes/test-connection.ts';
import { watchMailbox } from './mailboxes/watch-mailbox.ts';
import { siteReprocessBook } from './reprocess/site-reprocess-book.ts';
import { siteArchive } from './report/site-archive.ts';
import { siteBlobs } from './report/site-blobs.ts';
import { siteOutcomes } from './report/site-outcomes.ts';
import { siteReport } from './report/site-report.ts';
import { siteAccounts } from './settings/accounts.ts';
import { siteAuditLog } from './settings/audit-log.ts';
import { siteAuthorisations } from './settings/authorisations.ts';
import { siteFilingSettings } from './settings/filing-settings.ts';
import { sitePatternBook } from './settings/pattern-book.ts';
import { siteRules } from './settings/rules.ts';
import { SecretBox } from './settings/secrets.ts';
import { CatalogueCache, siteCatalogueBook } from './settings/site-catalogue.ts';
import type { SiteCatalogue } from './settings/stored-catalogue.ts';
import type { Site } from './site.ts';

/** A run that is silent for so long is taken over. */
const leaseMs = 60_000;

/** Looking is mostly waiting for the server; reading takes memory for some windows of mails. */
const mostAtOnce = {
	looking: { atOnce: 40, patienceMs: 2_000 },
	reading: { atOnce: 6, patienceMs: 2_000 },
};

/** The sites this service works for. */
export interface Sites {
	/** A site that was introduced before; undefined for any other. */
	find(id: string): Promise<Site | undefined>;
	/** Makes a site known, or notes its new name. */
	introduce(site: Introduction): Promise<Site>;
	ids(): Promise<string[]>;
}

export interface Introduction {
	id: string;
	name: string;
	url: string;
	adminEmail: string;
}

/** The one place that knows which adapters are real. */
export function openSites(
	db: Database,
	config: Pick<Config, 'secret' | 'mailFolders' | 'trustsLocal'>,
	{ log, now = () => new Date() }: { log: Log; now?: () => Date },
): Sites {
	const shared = {
		secrets: new SecretBox(config.secret),
		mailFolders: config.mailFolders,
		owner: thisProcess(),
		oauth: oauthClient({ trustsLocal: config.trustsLocal ?? false }),
		catalogues: new CatalogueCache(),
		turns: {
			looking: new Turns(mostAtOnce.looking),
			reading: new Turns(mostAtOnce.reading),
		},
		log,
		now,
	};
	const sites: Sites = {
		find: async (id) => {
			const row = await db
				.selectFrom('sites')
				.select(['id', 'name'])
				.where('id', '=', id)
				.executeTakeFirst();
			return row && makeSite(db, row, shared, await shared.catalogues.of({ db, siteId: id }));
		},
		introduce: async ({ id, name, url, adminEmail }) => {
			await db
				.insertInto('sites')
				.values({ id, name, url, admin_email: adminEmail, created_at: now().getTime() })
				.onConflict((conflict) =>
					conflict.column('id').doUpdateSet({ name, url, admin_email: adminEmail }),
				)
				.execute();
			return makeSite(db, { id, name }, shared, await shared.catalogues.of({ db, siteId: id }));
		},
		ids: async () =>
			(await db.selectFrom('sites').select('id').orderBy('id').execute()).map(({ id }) => id),
	};
	return sites;
}

interface Shared {
	secrets: SecretBox;
	mailFolders: string[];
	oauth: OAuthClient;
	owner: ReturnType<typeof thisProcess>;
	catalogues: CatalogueCache;
	turns: Site['turns'];
	log: Log;
	now: () => Date;
}

function makeSite(
	db: Database,
	{ id, name }: { id: string; name: string },
	shared: Shared,
	judging: SiteCatalogue,
): Site {
	const { catalogue, counting } = judging;
	const tables = { db, siteId: id };
	const authorisations = siteAuthorisations({ ...tables, ...shared });
	return {
		id,
		name,
		crm: builtinCrm(tables),
		contacts: builtinContactBook(tables),
		activities: builtinActivities(tables),
		report: siteReport({
			...tables,
			labelOfReason: (reason) => catalogue.reasons.get(reason)?.label ?? reason,
		}),
		archive: siteArchive(tables),
		outcomes: siteOutcomes(tables),
		blobs: siteBlobs(tables),
		filing: builtinFiling(tables),
		filingSettings: siteFilingSettings(tables),
		personalData: builtinPersonalData(tables),
		accounts: siteAccounts({ ...tables, ...shared, authorisations }),
		authorisations,
		incidents: siteIncidentBook(tables),
		reprocessings: siteReprocessBook(tables),
		jobs: siteJobBook({ ...tables, owner: shared.owner, leaseMs }),
		turns: shared.turns,
		audit: siteAuditLog(tables),
		catalogue,
		catalogueBook: siteCatalogueBook(tables),
		patterns: sitePatternBook(tables),
		rules: siteRules({ ...tables, now: shared.now }),
		policy: counting,
		log: shared.log,
		now: shared.now,
		openMailbox,
		testMailbox,
		watchMailbox,
		inTransaction: (work) =>
			db
				.transaction()
				.execute((transaction) => work(makeSite(transaction, { id, name }, shared, judging))),
	};
}
