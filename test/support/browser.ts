import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { ensureSystemPackages } from './system-packages.ts';

export type { Browser, Page } from 'playwright-core';

export const wideScreen = { width: 1280, height: 900 };
/** A common phone (WCAG's own measure, 320 CSS pixels, is narrower still). */
export const phone = { width: 390, height: 844 };

/** Starts the system's Chromium, installing it first where it is missing. The caller closes it. */
export async function startBrowser(): Promise<Browser> {
	ensureSystemPackages(['chromium', 'fonts-liberation']);
	return chromium.launch({
		executablePath: '/usr/bin/chromium',
		// Tests run as root and in containers, where Chromium's sandbox and a small /dev/shm get in its way.
		args: ['--no-sandbox', '--disable-dev-shm-usage'],
	});
}

export interface LogInOptions {
	login?: string;
	password?: string;
	viewport?: { width: number; height: number };
}

/** Logs into a WordPress site (`siteUrl` without a slash at its end) in a browser window of its own, as "admin" unless
 *  told otherwise, and waits for the dashboard. @throws when WordPress refuses. */
export async function logIn(
	browser: Browser,
	siteUrl: string,
	{ login = 'admin', password = 'password', viewport = wideScreen }: LogInOptions = {},
): Promise<Page> {
	// Animations would make tests wait, and axe measure colours half-way.
	const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
	const page = await context.newPage();
	await page.goto(`${siteUrl}/wp-login.php`);
	await page.locator('#user_login').fill(login);
	await page.locator('#user_pass').fill(password);
	await page.locator('#wp-submit').click();
	await page.waitForURL(/\/wp-admin\//);
	return page;
}

/** Opens a page of the plugin by its slug ("return-channel-on-hold") in the site that `page` is logged into, with an
 *  optional view (`{ bounce: '12' }`), and waits until what it shows has come. */
export async function openPage(
	page: Page,
	slug: string,
	view: Record<string, string> = {},
): Promise<void> {
	const [site] = page.url().split('/wp-admin/');
	await page.goto(`${site}/wp-admin/admin.php?${new URLSearchParams({ page: slug, ...view })}`);
	await settled(page);
}

/** Waits until a page of the plugin is drawn and nothing on it is being fetched. */
export async function settled(page: Page): Promise<void> {
	await page.locator('.rc-page h1').waitFor();
	await page.waitForFunction(
		() => !document.querySelector('.rc-loading, .rc-skeleton, .rc-page [aria-busy="true"]'),
	);
}

/** Collects what goes wrong in the page from now on: errors of scripts, and what they write to the console as errors.
 *  The list grows while the page is used. */
export function troublesOf(page: Page): string[] {
	const troubles: string[] = [];
	page.on('pageerror', (error) => troubles.push(error.message));
	page.on('console', (message) => {
		if (message.type() === 'error') troubles.push(message.text());
	});
	return troubles;
}

/** What axe-core finds wrong with our part of the page and with open dialogs, one line a rule; empty when nothing.
 *  WordPress's own frame around it is not ours to judge; `ours` are the selectors of what is. */
export async function accessibilityProblems(
	page: Page,
	ours = ['#return-channel-root', '.components-modal__screen-overlay'],
): Promise<string[]> {
	const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
	await page.evaluate(await readFile(source, 'utf8'));
	return page.evaluate(async (ours) => {
		const include = ours.filter((selector) => document.querySelector(selector));
		const { violations } = await (window as unknown as { axe: Axe }).axe.run({ include });
		return violations.map(
			({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(' ')})`,
		);
	}, ours);
}

interface Axe {
	run(context: { include: string[] }): Promise<{
		violations: { id: string; help: string; nodes: { html: string }[] }[];
	}>;
}

/** How many pixels the page is wider than the window; 0 when nobody has to scroll sideways. */
export async function overflow(page: Page): Promise<number> {
	return page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		return scrollWidth - clientWidth;
	});
}
