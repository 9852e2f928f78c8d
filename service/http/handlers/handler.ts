import type { Answers, Request } from '../../contract/messages.ts';
import type { RouteName } from '../../contract/routes.ts';
import type { Site } from '../../site.ts';
import type { Caller } from '../authenticate.ts';

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

/** The handlers of one noun. */
export type HandlersOf<Names extends RouteName> = { [Name in Names]: Handler<Name> };
