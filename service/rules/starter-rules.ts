import type { RuleFields } from '../contract/rule.ts';

/** A rule of the starter set; its name stays when its words are corrected. */
export interface StarterRule extends Omit<RuleFields, 'state'> {
	name: string;
}

const everywhere = { looksIn: 'everything' } as const;

/** The starter set of phpList's manual, chapter "Bounce management", section "Rules to copy", in its order, with
 *  its expressions and actions to the letter. They delete subscribers, so they are shipped as candidates. */
export const starterRules: readonly StarterRule[] = [
	{
		name: 'archived',
		...everywhere,
		expression: '(Archived recipient.)',
		actions: ['delete-subscriber'],
		comment: 'The mailbox was archived',
	},
	{
		name: 'yahoo',
		...everywhere,
		expression:
			"(delivery error: dd This user doesn't have a yahoo.fr account|This user doesn't have a yahoo\\.fr account)",
		actions: ['delete-subscriber'],
		comment: 'No such account at Yahoo',
	},
	{
		name: 'no-host',
		...everywhere,
		expression: '(type=MX: Host not found)',
		actions: ['delete-subscriber'],
		comment: 'No mail records for the domain',
	},
	{
		name: 'no-mailbox',
		...everywhere,
		expression:
			'(sorry, no mailbox here by that name|Mailbox disabled|address not found in table|User mailbox is not local|mailbox not allowed|Mailbox syntax incorrect|RESOLVER\\.ADR\\.RecipNotFound)',
		actions: ['delete-subscriber', 'delete-bounce'],
		comment: 'No such mailbox, beyond doubt',
	},
	{
		name: 'closed',
		...everywhere,
		expression:
			'(account is disabled|This mailbox has been blocked due to inactivity|This account has been disabled|The email account that you tried to reach does not exist|This is a permanent error .* local delivery failed)',
		actions: ['delete-subscriber', 'delete-bounce'],
		comment: 'The account was closed',
	},
	{
		name: 'unknown',
		...everywhere,
		expression:
			'(User unknown|Unknown user|Unknown address|No such recipient|No such user|The email account that you tried to reach is disabled|Recipient not found|Recipient unknown|Invalid recipient|Address unknown|Recipient address rejected)',
		actions: ['delete-subscriber', 'delete-bounce'],
		comment: 'The user is unknown',
	},
];
