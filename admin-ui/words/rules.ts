import { __ } from '@wordpress/i18n';
import type {
	LookPlace,
	Rule,
	RuleAction,
	RuleOrigin,
	RuleState,
} from '../../service/contract/rule.ts';

export function actionLabel(action: RuleAction): string {
	const labels: Record<RuleAction, string> = {
		'delete-subscriber': __('Delete subscriber', 'return-channel'),
		'unconfirm-subscriber': __('Unconfirm subscriber', 'return-channel'),
		'blacklist-subscriber': __('Blacklist subscriber', 'return-channel'),
		'blacklist-address': __('Blacklist address', 'return-channel'),
		'delete-bounce': __('Delete bounce', 'return-channel'),
		hold: __('Put on hold', 'return-channel'),
	};
	return labels[action];
}

export function actionExplained(action: RuleAction): string {
	const sentences: Record<RuleAction, string> = {
		'delete-subscriber': __('The contact is deleted; undoing brings it back.', 'return-channel'),
		'unconfirm-subscriber': __(
			'The contact must confirm anew before it gets mail.',
			'return-channel',
		),
		'blacklist-subscriber': __(
			'The contact gets no mail at any of its addresses.',
			'return-channel',
		),
		'blacklist-address': __(
			'The address goes on the do-not-send list, whoever has it.',
			'return-channel',
		),
		'delete-bounce': __(
			'The bounce leaves the lists and the statistics and does not count.',
			'return-channel',
		),
		hold: __('The address is put on hold by this one bounce.', 'return-channel'),
	};
	return sentences[action];
}

/** The choices of the manual, by the names of `actionPresets`. */
export function presetLabel(name: string, otherwise: string): string {
	const labels: Record<string, string> = {
		'delete-subscriber': __('Delete subscriber', 'return-channel'),
		'unconfirm-subscriber': __('Unconfirm subscriber', 'return-channel'),
		'blacklist-subscriber': __('Blacklist subscriber', 'return-channel'),
		'blacklist-address': __('Blacklist email address', 'return-channel'),
		'delete-subscriber-and-bounce': __('Delete subscriber and bounce', 'return-channel'),
		'unconfirm-subscriber-and-delete-bounce': __(
			'Unconfirm subscriber and delete bounce',
			'return-channel',
		),
		'blacklist-subscriber-and-delete-bounce': __(
			'Add subscriber to the do-not-send list and delete bounce',
			'return-channel',
		),
		'blacklist-address-and-delete-bounce': __(
			'Add email address to the do-not-send list and delete bounce',
			'return-channel',
		),
		'delete-bounce': __('Delete bounce', 'return-channel'),
	};
	return labels[name] ?? otherwise;
}

export function lookPlaceLabel(place: LookPlace): string {
	const labels: Record<LookPlace, string> = {
		everything: __('Everywhere in the bounce', 'return-channel'),
		header: __('In the header fields', 'return-channel'),
		text: __('In the text a person reads', 'return-channel'),
		diagnostic: __('In the server’s words about the recipient', 'return-channel'),
	};
	return labels[place];
}

export function ruleStateLabel(state: RuleState): string {
	const labels: Record<RuleState, string> = {
		active: __('Active', 'return-channel'),
		candidate: __('Candidate', 'return-channel'),
		off: __('Off', 'return-channel'),
	};
	return labels[state];
}

export function originLabel(origin: RuleOrigin): string {
	const labels: Record<RuleOrigin, string> = {
		'by-hand': __('Written by hand', 'return-channel'),
		starter: __('From the manual’s starter set', 'return-channel'),
		suggested: __('Suggested from bounces', 'return-channel'),
	};
	return labels[origin];
}

/** What a rule is called: its comment, or else its expression. */
export function ruleName({ comment, expression }: Pick<Rule, 'comment' | 'expression'>): string {
	return comment || expression;
}
