/** What goes over the routes of the catalogue, of reprocessing and of incidents; see `messages.ts`. */

import { z } from 'zod';
import { presetNames } from './catalogue.ts';
import type {
	BouncePattern,
	BounceTypeSetting,
	CatalogueSettings,
	CsvFile,
	ImportReport,
	TriedMail,
	WhatIf,
} from './catalogue.ts';
import { incidentStates } from './incident.ts';
import type { Incident, IncidentDetail } from './incident.ts';
import type { Page } from './page.ts';
import type { Reprocessing, ReprocessPreview, ReprocessUndone } from './reprocess.ts';
import { byId, day, flag, id, none, paged } from './request-parts.ts';

/** The longest mail that the test box takes, and the longest CSV file, in characters. */
const longestText = 900_000;

const threshold = z.coerce
	.number('The threshold is a whole number.')
	.int('The threshold is a whole number.')
	.min(0, 'The threshold is 0 (never) or more.')
	.max(1_000, 'A threshold over 1,000 would never be reached.');
const description = z.string().trim().max(250);
const typeName = z
	.string()
	.trim()
	.min(1, 'Give the type a name.')
	.max(60)
	.regex(
		/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u,
		'A name has letters, digits, spaces, full stops, hyphens and underscores.',
	);

/** What is named changes, the rest stays. A `preset` is taken first: it puts everything that is shipped back to how that
 *  preset has it (also when it is the present one) and leaves added types and patterns. */
const catalogueChange = z.object({
	preset: z.enum(presetNames).optional(),
	types: z
		.array(
			z.object({
				id,
				description: description.optional(),
				holdThreshold: threshold.optional(),
				isOn: z.boolean().optional(),
			}),
		)
		.max(500)
		.optional(),
	reasons: z
		.array(z.object({ name: z.string().max(60), countsTowardHold: z.boolean() }))
		.max(500)
		.optional(),
	counting: z
		.object({
			unprovedCounts: z.boolean(),
			windowDays: z.number().int().min(1).max(3_650).nullable(),
		})
		.partial()
		.optional(),
});

const patternFields = z.object({
	typeId: id,
	expression: z.string().min(1, 'Write an expression.').max(4_000),
	reason: z.string().max(60).nullable().default(null),
	isOn: z.boolean().default(true),
});

const csvImport = z.object({
	csv: z.string().min(1, 'Choose a file that has something in it.').max(longestText),
	/** Remove what the file does not have. */
	replace: z.boolean().default(false),
	dryRun: z.boolean().default(false),
});

const reprocessSelection = z.object({
	from: day.optional(),
	until: day.optional(),
	type: z.string().max(60).optional(),
	notRecognised: flag.optional(),
	ids: z.array(id).min(1).max(1_000, 'Select 1,000 bounces at most.').optional(),
});

export const catalogueRequests = {
	getCatalogue: none,
	changeCatalogue: catalogueChange,
	whatIfCatalogue: catalogueChange,
	addBounceType: z.object({
		name: typeName,
		description: description.default(''),
		holdThreshold: threshold,
	}),
	deleteBounceType: byId,
	exportBounceTypes: none,
	/** Columns: name, description, threshold (`hold_threshold`), and whether it is on. */
	importBounceTypes: csvImport,
	listPatterns: z.object({
		...paged,
		order: z.enum(['asc', 'desc']).default('asc'),
		typeId: id.optional(),
		/** Only those with a problem, or only those without. */
		hasProblem: flag.optional(),
	}),
	addPattern: patternFields,
	changePattern: patternFields.extend({ id }),
	deletePattern: byId,
	exportPatterns: none,
	/** Columns: pattern, and the type as `bounce_type_id` or by name; `reason` if there is one. */
	importPatterns: csvImport,
	/** A whole mail with its header: `raw` as text, or `rawBase64` byte for byte, as files have to be sent that are not
	 *  UTF-8. */
	tryMail: z
		.object({
			raw: z.string().max(longestText).optional(),
			rawBase64: z
				.base64('This is not base64.')
				.max(Math.ceil(longestText / 3) * 4)
				.optional(),
		})
		.refine(({ raw, rawBase64 }) => Boolean(raw) !== Boolean(rawBase64), {
			error: 'Paste a mail with its header.',
			path: ['raw'],
		}),

	previewReprocess: reprocessSelection,
	startReprocess: reprocessSelection,
	listReprocessings: z.object(paged),
	getReprocessing: byId,
	undoReprocess: byId,

	listIncidents: z.object({ ...paged, state: z.enum(incidentStates).optional() }),
	getIncident: byId,
	closeIncident: byId,
} as const;

export interface CatalogueAnswers {
	getCatalogue: CatalogueSettings;
	changeCatalogue: CatalogueSettings;
	whatIfCatalogue: WhatIf;
	addBounceType: BounceTypeSetting;
	deleteBounceType: { sentence: string };
	exportBounceTypes: CsvFile;
	importBounceTypes: ImportReport;
	listPatterns: Page<BouncePattern>;
	addPattern: BouncePattern;
	changePattern: BouncePattern;
	deletePattern: { sentence: string };
	exportPatterns: CsvFile;
	importPatterns: ImportReport;
	tryMail: TriedMail;

	previewReprocess: ReprocessPreview;
	startReprocess: Reprocessing;
	listReprocessings: Page<Reprocessing>;
	getReprocessing: Reprocessing;
	undoReprocess: ReprocessUndone;

	listIncidents: Page<Incident>;
	getIncident: IncidentDetail;
	closeIncident: Incident;
}

export type CatalogueChange = z.output<typeof catalogueChange>;

/** A request after the door. */
export type CatalogueRequest<Name extends keyof typeof catalogueRequests> = z.output<
	(typeof catalogueRequests)[Name]
>;
