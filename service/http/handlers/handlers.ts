import type { RouteName } from '../../contract/routes.ts';
import { accountHandlers } from './accounts.ts';
import { activityHandlers } from './activities.ts';
import { addressHandlers } from './addresses.ts';
import { bounceHandlers } from './bounces.ts';
import { catalogueHandlers } from './catalogue.ts';
import { contactHandlers } from './contacts.ts';
import { doNotSendHandlers } from './do-not-send.ts';
import { groupHandlers } from './groups.ts';
import type { Handler } from './handler.ts';
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
