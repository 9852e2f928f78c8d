import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';

/** Sits in the browser and sings when a mail does anything: asks a server, runs a script, opens a dialog or a window, goes
 *  somewhere, changes the page around it. */
export interface Canary {
	/** Where nobody may ask: "http://127.0.0.1:1234". */
	url: string;
	/** What it sang so far; empty when all was quiet. */
	songs: string[];
	/** Listens to all pages of a browser window. `isExpected` says which addresses the page itself may ask. */
	listenTo(context: BrowserContext, isExpected: (url: URL) => boolean): void;
	/** Looks whether a mail has left anything in a page outside its frame. */
	inspect(page: Page): Promise<void>;
	stop(): Promise<void>;
}

/** Starts a canary with its server on a free loopback port. Stop it in an `afterAll`. */
export async function startCanary(): Promise<Canary> {
	const songs: string[] = [];
	const server = createServer((request, response) => {
		songs.push(`asked for ${request.url}`);
		response.setHeader('Access-Control-Allow-Origin', '*').end();
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		songs,
		listenTo(context, isExpected) {
			context.on('request', (request) => {
				const asked = request.url();
				const isLocal = /^(data|about|blob):/.test(asked);
				if (!isLocal && !isExpected(new URL(asked))) songs.push(`the browser asked ${asked}`);
			});
			for (const page of context.pages()) listenToPage(page, songs);
			context.on('page', (page) => {
				songs.push(`a window opened: ${page.url()}`);
				listenToPage(page, songs);
			});
		},
		async inspect(page) {
			const found = await page.evaluate(traces);
			songs.push(...found.map((trace) => `${trace} in ${page.url()}`));
		},
		stop: () => new Promise((done) => server.close(() => done())),
	};
}

function listenToPage(page: Page, songs: string[]) {
	page.on('dialog', (dialog) => {
		songs.push(`a dialog said ${dialog.message()}`);
		void dialog.dismiss();
	});
	page.on('console', (message) => {
		// The second wall had to stop what the first one should have.
		if (/Content Security Policy|Blocked script execution|sandboxed/i.test(message.text())) {
			songs.push(`the browser had to refuse: ${message.text()}`);
		}
	});
}

/** Runs in the page: what scripts and markup of a mail would leave behind. */
function traces(): string[] {
	const found: string[] = [];
	if ('canary' in window) found.push('window.canary is set');
	if (/canary/.test(document.title)) found.push('the title was changed');
	const root = document.querySelector('#return-channel-root');
	const ours = [root, ...document.querySelectorAll('.components-modal__screen-overlay')];
	for (const element of ours.flatMap((part) => [...(part?.querySelectorAll('*') ?? [])])) {
		if (['script', 'object', 'embed', 'base', 'meta', 'link', 'math'].includes(element.localName)) {
			found.push(`<${element.localName}> stands in the page`);
		}
		for (const { name, value } of element.attributes) {
			if (name.startsWith('on')) found.push(`the handler ${name} stands in the page`);
			const isAddress = /^(href|src|action|formaction|data|poster|background)$/.test(name);
			if (isAddress && /^\s*(javascript|vbscript|data:text)/i.test(value)) {
				found.push(`${name}=${value} stands in the page`);
			}
		}
	}
	return found;
}
