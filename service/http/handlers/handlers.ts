import type { Answers, Request } from '../../contract/messages.ts';
import type { RouteName } from '../../contract/routes.ts';
import type { Site } from '../../site.ts';
import type { Caller } from '../authenticate.ts';
import { accountHandlers } from './accounts.ts';
import { activityHandlers } from './activities.ts';
import { addressHandlers } from './addresses.ts';
import { bounceHandlers } from './bounces.ts';
import { catalogueHandlers } from './catalogue.ts';
import { contactHandlers } from './contacts.ts';
import { doNotSendHandlers } from './do-not-send.ts';
import { groupHandlers } from './groups.ts';
import { importHandlers } from './imports.ts';
import { incidentHandlers } from './incidents.ts';
import { jobHandlers } from './jobs.ts';
import { neverFileHandlers } from './never-file.ts';
import { outcomeHandlers } from './outcomes.ts';
import { overviewHandlers } from './overview.ts';
import { privacyHandlers } from './privacy.ts';
import { ruleReviewHandlers } from './rule-review.ts';
import { ruleHandlers } from './rules.ts';
import { reprocessHandlers } from './reprocess.ts';
import { systemHandlers } from './system.ts';
import { userSyncHandlers } from './user-sync.ts';
import { viewHandlers } from './views.ts';

/** What a handler is given besides the request: the caller's own site, never a bare connection. */
export interface Desk {
	site: Site;
	caller: Caller;
	introduce: (site: { id: string; name: string; url: string; adminEmail: string }) => Promise<Site>;
	/** Is told of work that goes on after the answer. */
	watch: (work: Promise<unknown>) => void;
}

export type Handler<Name extends RouteName> = (
	desk: Desk,
	request: Request<Name>,
) => Promise<Answers[Name]>;

/** One a route of the contract; a route without its handler does not compile. */
export const handlers: { [Name in RouteName]: Handler<Name> } = {
	...bounceHandlers,
	...addressHandlers,
	...accountHandlers,
	...catalogueHandlers,
	...incidentHandlers,
	...jobHandlers,
	...ruleHandlers,
	...ruleReviewHandlers,
	...doNotSendHandlers,
	...reprocessHandlers,
	...activityHandlers,
	...neverFileHandlers,
	...outcomeHandlers,
	...overviewHandlers,
	...privacyHandlers,
	...contactHandlers,
	...groupHandlers,
	...importHandlers,
	...viewHandlers,
	...userSyncHandlers,
	...systemHandlers,
};

/** The handlers of one noun. */
export type HandlersOf<Names extends RouteName> = { [Name in Names]: Handler<Name> };
