/** Every route between WordPress and the service: one plain table. Express registers it, the admin pages call
 *  it by name, and plugin/routes.json is generated from it, so a new route costs no PHP. */

/** Who may: `view` and `manage` are the plugin's capabilities view_return_channel and manage_return_channel;
 *  `edit-inbound` and `edit-inbound-content` are those of requirement F4 (the second implies the first);
 *  `system` is the plugin itself (cron, user sync, privacy tools) and is never offered over WordPress's REST API. */
export const capabilities = [
	'view',
	'manage',
	'edit-inbound',
	'edit-inbound-content',
	'system',
] as const;
export type Capability = (typeof capabilities)[number];

export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Express style; a `:id` is a positive whole number. */
	path: string;
	capability: Capability;
	/** The answer is a file to download (`AnsweredFile`), not JSON. */
	answersFile?: true;
}

export const routes = {
	getStatus: { method: 'GET', path: '/status', capability: 'view' },

	listBounces: { method: 'GET', path: '/bounces', capability: 'view' },
	countBounces: { method: 'GET', path: '/bounces/facets', capability: 'view' },
	getBounce: { method: 'GET', path: '/bounces/:id', capability: 'view' },
	getRawMail: { method: 'GET', path: '/bounces/:id/raw', capability: 'view' },
	takeBackBounce: { method: 'POST', path: '/bounces/:id/take-back', capability: 'manage' },

	listAddressesOnHold: { method: 'GET', path: '/holds', capability: 'view' },
	releaseAddresses: { method: 'POST', path: '/holds/release', capability: 'manage' },
	undoRelease: { method: 'POST', path: '/releases/:id/undo', capability: 'manage' },
	holdAddress: { method: 'POST', path: '/addresses/:id/hold', capability: 'manage' },
	explainAddress: { method: 'GET', path: '/addresses/:id/timeline', capability: 'view' },

	listAccounts: { method: 'GET', path: '/accounts', capability: 'manage' },
	addAccount: { method: 'POST', path: '/accounts', capability: 'manage' },
	changeAccount: { method: 'PUT', path: '/accounts/:id', capability: 'manage' },
	deleteAccount: { method: 'DELETE', path: '/accounts/:id', capability: 'manage' },
	testAccount: { method: 'POST', path: '/accounts/test', capability: 'manage' },
	getMailFolders: { method: 'GET', path: '/accounts/folders', capability: 'manage' },

	finishAuthorisation: { method: 'POST', path: '/accounts/authorised', capability: 'manage' },
	beginAuthorisation: { method: 'POST', path: '/accounts/:id/authorise', capability: 'manage' },
	forgetAuthorisation: {
		method: 'DELETE',
		path: '/accounts/:id/authorise',
		capability: 'manage',
	},

	listJobs: { method: 'GET', path: '/jobs', capability: 'view' },
	changeJob: { method: 'PUT', path: '/jobs/:name', capability: 'manage' },
	runJob: { method: 'POST', path: '/jobs/:name/run', capability: 'manage' },
	countIgnored: { method: 'GET', path: '/jobs/:name/ignored', capability: 'manage' },
	listRuns: { method: 'GET', path: '/runs', capability: 'view' },
	getRun: { method: 'GET', path: '/runs/:id', capability: 'view' },

	getCatalogue: { method: 'GET', path: '/catalogue', capability: 'view' },
	changeCatalogue: { method: 'PUT', path: '/catalogue', capability: 'manage' },
	whatIfCatalogue: { method: 'POST', path: '/catalogue/what-if', capability: 'manage' },
	addBounceType: { method: 'POST', path: '/catalogue/types', capability: 'manage' },
	deleteBounceType: { method: 'DELETE', path: '/catalogue/types/:id', capability: 'manage' },
	exportBounceTypes: { method: 'GET', path: '/catalogue/types/csv', capability: 'manage' },
	importBounceTypes: { method: 'POST', path: '/catalogue/types/csv', capability: 'manage' },
	listPatterns: { method: 'GET', path: '/catalogue/patterns', capability: 'view' },
	addPattern: { method: 'POST', path: '/catalogue/patterns', capability: 'manage' },
	changePattern: { method: 'PUT', path: '/catalogue/patterns/:id', capability: 'manage' },
	deletePattern: { method: 'DELETE', path: '/catalogue/patterns/:id', capability: 'manage' },
	exportPatterns: { method: 'GET', path: '/catalogue/patterns/csv', capability: 'manage' },
	importPatterns: { method: 'POST', path: '/catalogue/patterns/csv', capability: 'manage' },
	tryMail: { method: 'POST', path: '/catalogue/try', capability: 'manage' },

	/** Rules; `/rules/order` and the like stand before `/rules/:id`, because the first path that fits is taken. */
	listRules: { method: 'GET', path: '/rules', capability: 'view' },
	addRule: { method: 'POST', path: '/rules', capability: 'manage' },
	checkRules: { method: 'GET', path: '/rules/check', capability: 'view' },
	listUnmatchedBounces: { method: 'GET', path: '/rules/unmatched', capability: 'view' },
	previewRule: { method: 'POST', path: '/rules/preview', capability: 'view' },
	tryRule: { method: 'POST', path: '/rules/what-if', capability: 'manage' },
	findRuleCandidates: { method: 'POST', path: '/rules/candidates', capability: 'manage' },
	addStarterRules: { method: 'POST', path: '/rules/starter-set', capability: 'manage' },
	applyRules: { method: 'POST', path: '/rules/apply', capability: 'manage' },
	orderRules: { method: 'PUT', path: '/rules/order', capability: 'manage' },
	getRuleSettings: { method: 'GET', path: '/rules/settings', capability: 'view' },
	changeRuleSettings: { method: 'PUT', path: '/rules/settings', capability: 'manage' },
	listDeeds: { method: 'GET', path: '/rules/deeds', capability: 'view' },
	undoDeeds: { method: 'POST', path: '/rules/deeds/undo', capability: 'manage' },
	changeRule: { method: 'PUT', path: '/rules/:id', capability: 'manage' },
	deleteRule: { method: 'DELETE', path: '/rules/:id', capability: 'manage' },
	setRuleState: { method: 'POST', path: '/rules/:id/state', capability: 'manage' },
	listRuleBounces: { method: 'GET', path: '/rules/:id/bounces', capability: 'view' },
	suggestRule: { method: 'GET', path: '/bounces/:id/rule', capability: 'view' },
	listDoNotSend: { method: 'GET', path: '/do-not-send', capability: 'view' },
	addDoNotSend: { method: 'POST', path: '/do-not-send', capability: 'manage' },
	exportDoNotSend: { method: 'GET', path: '/do-not-send/csv', capability: 'manage' },
	removeDoNotSend: { method: 'POST', path: '/do-not-send/remove', capability: 'manage' },

	previewReprocess: { method: 'POST', path: '/reprocess/preview', capability: 'manage' },
	startReprocess: { method: 'POST', path: '/reprocess', capability: 'manage' },
	listReprocessings: { method: 'GET', path: '/reprocess', capability: 'view' },
	getReprocessing: { method: 'GET', path: '/reprocess/:id', capability: 'view' },
	undoReprocess: { method: 'POST', path: '/reprocess/:id/undo', capability: 'manage' },

	listIncidents: { method: 'GET', path: '/incidents', capability: 'view' },
	getIncident: { method: 'GET', path: '/incidents/:id', capability: 'view' },
	closeIncident: { method: 'POST', path: '/incidents/:id/close', capability: 'manage' },

	listContacts: { method: 'GET', path: '/contacts', capability: 'view' },
	addContact: { method: 'POST', path: '/contacts', capability: 'manage' },
	countContacts: { method: 'GET', path: '/contacts/facets', capability: 'view' },
	exportContacts: { method: 'GET', path: '/contacts/csv', capability: 'manage', answersFile: true },
	deleteContacts: { method: 'POST', path: '/contacts/delete', capability: 'manage' },
	restoreContacts: { method: 'POST', path: '/contacts/restore', capability: 'manage' },
	releaseContacts: { method: 'POST', path: '/contacts/release', capability: 'manage' },
	previewMerge: { method: 'POST', path: '/contacts/merge/preview', capability: 'manage' },
	mergeContacts: { method: 'POST', path: '/contacts/merge', capability: 'manage' },
	getContact: { method: 'GET', path: '/contacts/:id', capability: 'view' },
	changeContact: { method: 'PUT', path: '/contacts/:id', capability: 'manage' },
	getContactTimeline: { method: 'GET', path: '/contacts/:id/timeline', capability: 'view' },
	undoContactDeed: { method: 'POST', path: '/contact-deeds/:id/undo', capability: 'manage' },
	listGroups: { method: 'GET', path: '/groups', capability: 'view' },
	addGroup: { method: 'POST', path: '/groups', capability: 'manage' },
	changeGroup: { method: 'PUT', path: '/groups/:id', capability: 'manage' },
	deleteGroup: { method: 'DELETE', path: '/groups/:id', capability: 'manage' },
	addToGroup: { method: 'POST', path: '/groups/:id/add', capability: 'manage' },
	removeFromGroup: { method: 'POST', path: '/groups/:id/remove', capability: 'manage' },
	listViews: { method: 'GET', path: '/views', capability: 'view' },
	saveView: { method: 'POST', path: '/views', capability: 'view' },
	deleteView: { method: 'DELETE', path: '/views/:id', capability: 'view' },
	listImports: { method: 'GET', path: '/imports', capability: 'manage' },
	startImport: { method: 'POST', path: '/imports', capability: 'manage' },
	getImport: { method: 'GET', path: '/imports/:id', capability: 'manage' },
	addImportPart: { method: 'POST', path: '/imports/:id/parts', capability: 'manage' },
	previewImport: { method: 'POST', path: '/imports/:id/preview', capability: 'manage' },
	runImport: { method: 'POST', path: '/imports/:id/run', capability: 'manage' },
	undoImport: { method: 'POST', path: '/imports/:id/undo', capability: 'manage' },
	getUserSync: { method: 'GET', path: '/user-sync', capability: 'view' },
	changeUserSync: { method: 'PUT', path: '/user-sync', capability: 'manage' },
	getContactOfUser: { method: 'GET', path: '/users/:id/contact', capability: 'view' },

	listActivities: { method: 'GET', path: '/activities', capability: 'view' },
	deleteActivities: { method: 'POST', path: '/activities/delete', capability: 'manage' },
	getActivity: { method: 'GET', path: '/activities/:id', capability: 'view' },
	changeActivity: { method: 'PUT', path: '/activities/:id', capability: 'edit-inbound' },
	downloadActivity: {
		method: 'GET',
		path: '/activities/:id/mail',
		capability: 'view',
		answersFile: true,
	},
	/** Managers undo every deed; editors their own edits, as the handler sees to. */
	undoActivityDeed: { method: 'POST', path: '/activity-deeds/:id/undo', capability: 'view' },
	downloadAttachment: {
		method: 'GET',
		path: '/attachments/:id',
		capability: 'view',
		answersFile: true,
	},
	listNeverFile: { method: 'GET', path: '/never-file', capability: 'view' },
	addNeverFile: { method: 'POST', path: '/never-file', capability: 'manage' },
	removeNeverFile: { method: 'POST', path: '/never-file/remove', capability: 'manage' },
	applyNeverFile: { method: 'POST', path: '/never-file/apply', capability: 'manage' },
	getFilingSettings: { method: 'GET', path: '/filing-settings', capability: 'view' },
	changeFilingSettings: { method: 'PUT', path: '/filing-settings', capability: 'manage' },
	listOutcomes: { method: 'GET', path: '/outcomes', capability: 'view' },
	countOutcomes: { method: 'GET', path: '/outcomes/facets', capability: 'view' },
	whyNotFiled: { method: 'GET', path: '/outcomes/why', capability: 'view' },
	refileMails: { method: 'POST', path: '/outcomes/refile', capability: 'manage' },
	getOutcome: { method: 'GET', path: '/outcomes/:id', capability: 'view' },
	downloadOutcome: {
		method: 'GET',
		path: '/outcomes/:id/mail',
		capability: 'view',
		answersFile: true,
	},
	getOverview: { method: 'GET', path: '/overview', capability: 'view' },

	exportPersonalData: { method: 'POST', path: '/system/privacy/export', capability: 'system' },
	erasePersonalData: { method: 'POST', path: '/system/privacy/erase', capability: 'system' },
	runDueJobs: { method: 'POST', path: '/system/run-due-jobs', capability: 'system' },
	syncUsers: { method: 'POST', path: '/system/users', capability: 'system' },
	removeUsers: { method: 'POST', path: '/system/users/remove', capability: 'system' },
	introduceSite: { method: 'PUT', path: '/system/site', capability: 'system' },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
