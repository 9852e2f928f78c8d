import domReady from '@wordpress/dom-ready';
import { createRoot } from '@wordpress/element';
import type { ComponentType } from 'react';
import { theScreen } from './screen.ts';
import type { PageName } from './screen.ts';
import './style.scss';

/** Each page is a file of its own, so that nobody waits for the others. */
const pages: Record<PageName, () => Promise<ComponentType>> = {
	bounces: async () => (await import('./pages/bounces/bounces-page.tsx')).BouncesPage,
	'on-hold': async () => (await import('./pages/on-hold/on-hold-page.tsx')).OnHoldPage,
	contacts: async () => (await import('./pages/contacts/contacts-page.tsx')).ContactsPage,
	activities: async () => (await import('./pages/activities/activities-page.tsx')).ActivitiesPage,
	outcomes: async () => (await import('./pages/outcomes/outcomes-page.tsx')).OutcomesPage,
	rules: async () => (await import('./pages/rules/rules-page.tsx')).RulesPage,
	types: async () => (await import('./pages/types/types-page.tsx')).TypesPage,
	'try-bounce': async () => (await import('./pages/try-bounce/try-page.tsx')).TryPage,
	accounts: async () => (await import('./pages/accounts/accounts-page.tsx')).AccountsPage,
	jobs: async () => (await import('./pages/jobs/jobs-page.tsx')).JobsPage,
};

domReady(async () => {
	const root = document.getElementById('return-channel-root');
	if (!root) return;
	const Page = await pages[theScreen().page]();
	createRoot(root).render(<Page />);
});
