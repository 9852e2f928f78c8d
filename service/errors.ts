/** What kind of trouble; http turns each into a status, the job log into a level. */
const statusOf = {
	'invalid-request': 400,
	'not-signed': 401,
	'not-allowed': 403,
	'not-found': 404,
	conflict: 409,
	'too-large': 413,
	'mailbox-trouble': 502,
	unreachable: 502,
	'storage-trouble': 507,
} as const;

export type ErrorKind = keyof typeof statusOf;

/** An error whose message is fit for a site administrator: what is wrong and what to do about it. */
export class ServiceError extends Error {
	readonly kind: ErrorKind;
	/** Stable name of the trouble, for tests and help links: "wrong-password", "folder-missing" … */
	readonly problem: string;
	/** For a form: field name → what is wrong with it. */
	readonly fields?: Record<string, string>;

	constructor(
		kind: ErrorKind,
		message: string,
		options: { cause?: unknown; problem?: string; fields?: Record<string, string> } = {},
	) {
		super(message, { cause: options.cause });
		this.name = 'ServiceError';
		this.kind = kind;
		this.problem = options.problem ?? kind;
		this.fields = options.fields;
	}

	/** HTTP status. */
	get status(): number {
		return statusOf[this.kind];
	}
}
