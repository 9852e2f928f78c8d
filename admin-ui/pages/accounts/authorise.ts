import { useEffect, useRef } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Account } from '../../../service/contract/account.ts';
import { call } from '../../api.ts';
import { useNotices } from '../../components/notice-board.tsx';
import { asCallError } from '../../hooks/use-call.ts';
import type { View } from '../../hooks/use-view.ts';
import type { AccountsKey } from './accounts-view.ts';

/** Where providers send a mailbox's owner back to: this page, without what it shows just now. */
export function redirectUrl(): string {
	const { origin, pathname, search } = window.location;
	const page = new URLSearchParams(search).get('page') ?? '';
	return `${origin}${pathname}?page=${page}`;
}

/** Sends the browser to the provider, where the mailbox's owner signs in and agrees. */
export async function authorise({ id }: Pick<Account, 'id'>): Promise<void> {
	const { url } = await call('beginAuthorisation', { id, redirectUrl: redirectUrl() });
	window.location.assign(url);
}

/** A link elsewhere ("Authorise again") may name the account to be authorised: goes on to its provider at once. */
export function useAuthoriseAtOnce(
	{ values, change }: View<AccountsKey>,
	accounts: readonly Account[] | undefined,
): void {
	const { post } = useNotices();
	const wanted = values.authorise;

	useEffect(() => {
		if (!wanted || !accounts) return;
		change({ authorise: '' }, 'replace');
		const account = accounts.find(({ id }) => String(id) === wanted);
		if (!account) return;
		authorise(account).catch((thrown: unknown) =>
			post({ status: 'error', sentence: asCallError(thrown).message }),
		);
	}, [wanted, accounts, change, post]);
}

/** What a provider adds to the address when it sends the owner back (RFC 6749 §4.1.2). */
export function answerIn(search: string) {
	const query = new URLSearchParams(search);
	const state = query.get('state');
	const code = query.get('code') ?? undefined;
	const error = query.get('error') ?? undefined;
	if (!state || (!code && !error)) return undefined;
	return { state, code, error, errorDescription: query.get('error_description') ?? undefined };
}

/** Hands on what the owner brought back, once, and says how it ended. The code leaves the address bar at once. */
export function useReturnFromProvider(onChanged: () => void): void {
	const { post } = useNotices();
	const answer = useRef(answerIn(window.location.search));

	useEffect(() => {
		const brought = answer.current;
		answer.current = undefined;
		if (!brought) return;
		window.history.replaceState(null, '', redirectUrl());
		call('finishAuthorisation', brought).then(
			(account) => {
				post({
					status: 'success',
					sentence: sprintf(
						/* translators: %s: the name of a mail account. */
						__('“%s” is authorised. Its mail is read from the next run on.', 'return-channel'),
						account.name,
					),
				});
				onChanged();
			},
			(thrown: unknown) => post({ status: 'error', sentence: asCallError(thrown).message }),
		);
	}, [onChanged, post]);
}
