/** What the accounts page keeps in the address bar: the account that is open ("new" for an empty form), what a new one shall
 *  be for, the account to be authorised at once, and how the list is narrowed. */
export const accountsKeys = ['account', 'for', 'authorise', 's', 'state', 'paged'] as const;
export type AccountsKey = (typeof accountsKeys)[number];
