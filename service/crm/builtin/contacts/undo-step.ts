import type { toStep } from './deeds.ts';

/** What a deed did to one thing of one contact. */
export type StoredStep = ReturnType<typeof toStep>;

/** Whether what a step did to a contact was taken back. */
export interface Undone {
	contactId: number;
	isUndone: boolean;
}
