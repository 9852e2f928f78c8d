import { __ } from '@wordpress/i18n';
import type { Frequency, RunState, RunTrigger } from '../../service/contract/job.ts';

export function frequencyLabel(frequency: Frequency): string {
	const labels: Record<Frequency, string> = {
		always: __('Every time cron runs', 'return-channel'),
		hourly: __('Hourly', 'return-channel'),
		daily: __('Daily', 'return-channel'),
		weekly: __('Weekly', 'return-channel'),
		monthly: __('Monthly', 'return-channel'),
		quarterly: __('Quarterly', 'return-channel'),
		yearly: __('Yearly', 'return-channel'),
	};
	return labels[frequency];
}

export function runStateLabel(state: RunState): string {
	const labels: Record<RunState, string> = {
		running: __('Running', 'return-channel'),
		done: __('Done', 'return-channel'),
		failed: __('Failed', 'return-channel'),
		crashed: __('Broke off', 'return-channel'),
		refused: __('Not started', 'return-channel'),
	};
	return labels[state];
}

export function triggerLabel(trigger: RunTrigger): string {
	const labels: Record<RunTrigger, string> = {
		'by-hand': __('By hand', 'return-channel'),
		clock: __('By the clock', 'return-channel'),
		'wp-cron': __('By WordPress cron', 'return-channel'),
		'command-line': __('From the command line', 'return-channel'),
		'mail-arrived': __('Mail arrived', 'return-channel'),
	};
	return labels[trigger];
}
