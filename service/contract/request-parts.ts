/** What requests of several nouns are made of. */

import { z } from 'zod';

export const id = z.coerce.number().int().positive();
export const none = z.object({});
export const byId = z.object({ id });
/** Query strings write booleans as words. */
export const flag = z
	.union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
	.transform((value) => value === true || value === 'true' || value === '1');
export const paged = {
	page: z.coerce.number().int().min(1).default(1),
	per_page: z.coerce.number().int().min(1).max(100).default(20),
	search: z.string().trim().max(200).optional(),
	order: z.enum(['asc', 'desc']).default('desc'),
};
/** "2026-05-03". */
export const day = z.iso.date();
