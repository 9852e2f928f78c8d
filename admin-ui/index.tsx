import domReady from '@wordpress/dom-ready';
import { createRoot } from '@wordpress/element';
import type { ComponentType } from 'react';
import { AccountsPage } from './pages/accounts/accounts-page.tsx';
import { BouncesPage } from './pages/bounces/bounces-page.tsx';
import { JobsPage } from './pages/jobs/jobs-page.tsx';
import { OnHoldPage } from './pages/on-hold/on-hold-page.tsx';
import { RulesPage } from './pages/rules/rules-page.tsx';
import { TryPage } from './pages/try-bounce/try-page.tsx';
import { TypesPage } from './pages/types/types-page.tsx';
import { theScreen } from './screen.ts';
import type { PageName } from './screen.ts';
import './style.scss';

const pages: Record<PageName, ComponentType> = {
	bounces: BouncesPage,
	'on-hold': OnHoldPage,
	rules: RulesPage,
	types: TypesPage,
	'try-bounce': TryPage,
	accounts: AccountsPage,
	jobs: JobsPage,
};

domReady(() => {
	const root = document.getElementById('return-channel-root');
	if (!root) return;
	const Page = pages[theScreen().page];
	createRoot(root).render(<Page />);
});
