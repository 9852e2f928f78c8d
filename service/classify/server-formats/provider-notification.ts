import { z } from 'zod';
import type { Message } from '../../messages/message.ts';
import type { Reading } from '../fate.ts';
import type { ServerFormat } from './server-format.ts';

/** What Amazon SES writes into the mails of its notification service (SNS), after its developer guide. */
const notification = z.object({
	notificationType: z.enum(['Bounce', 'Complaint', 'Delivery']),
	bounce: z
		.object({
			bounceType: z.string().optional(),
			bouncedRecipients: z.array(
				z.object({
					emailAddress: z.string(),
					status: z.string().optional(),
					action: z.string().optional(),
					diagnosticCode: z.string().optional(),
				}),
			),
			reportingMTA: z.string().optional(),
		})
		.optional(),
	delivery: z.object({ recipients: z.array(z.string()).optional() }).optional(),
});

/** Amazon SES notifications that arrive by mail instead of HTTP: the fields are JSON in the text. */
export const providerNotification: ServerFormat = {
	name: 'amazon-ses-notification',
	read(message: Message): Reading | undefined {
		if (!/^aws notification message$/i.test(message.subject.trim())) return undefined;
		const found = notification.safeParse(jsonIn(message.text));
		if (!found.success) return undefined;
		const { notificationType, bounce } = found.data;
		if (notificationType === 'Delivery') return { kind: 'delivered', fates: [], decidedBy: '' };
		return {
			kind: 'bounce',
			decidedBy: '',
			fates: (bounce?.bouncedRecipients ?? []).map(
				({ emailAddress, status, action, diagnosticCode }) => ({
					recipient: emailAddress,
					...(status ? { status } : {}),
					...(action ? { action } : {}),
					...(diagnosticCode ? { diagnostic: diagnosticCode.replace(/^smtp;\s*/i, '') } : {}),
				}),
			),
		};
	},
};

/** The object at the beginning of a text; mail programs break its long line. */
function jsonIn(text: string): unknown {
	const end = text.search(/\n--\s*\n/);
	try {
		return JSON.parse((end < 0 ? text : text.slice(0, end)).replaceAll('\n', ''));
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}
