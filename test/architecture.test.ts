import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, test } from 'vitest';

const root = join(import.meta.dirname, '..');

interface Import {
	file: string;
	/** Relative to the root for our own files, else the package's name. */
	target: string;
	isTypeOnly: boolean;
}

const files = ['service', 'admin-ui'].flatMap((folder) =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.tsx?$/.test(file))
		.map((file) => join(folder, file)),
);
const imports: Import[] = files.flatMap((file) => importsOf(file));

function importsOf(file: string): Import[] {
	const source = readFileSync(join(root, file), 'utf8');
	const statements = source.matchAll(
		/^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'|import\('([^']+)'\)/gm,
	);
	return [...statements].map(([, typeOnly, from, dynamic]) => {
		const name = from ?? dynamic!;
		const target = name.startsWith('.')
			? relative(root, join(root, dirname(file), name))
			: packageOf(name);
		return { file, target, isTypeOnly: Boolean(typeOnly) };
	});
}

function packageOf(name: string): string {
	return name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : name.split('/')[0]!;
}

/** Who stands on whom; a part may import the parts before it. What shares a line does not know each other. */
const layers: string[][] = [
	[
		'service/contract',
		'service/errors.ts',
		'service/log.ts',
		'service/config.ts',
		'service/words.ts',
		'service/turns.ts',
		'service/pause.ts',
	],
	['service/csv.ts', 'service/db'],
	['service/messages'],
	['service/identify', 'service/classify'],
	['service/mailboxes'],
	['service/rules'],
	['service/crm', 'service/report', 'service/settings'],
	['service/act', 'service/filing'],
	['service/jobs/job-book.ts'],
	['service/site.ts'],
	['service/rules/stored', 'service/ignored-again.ts'],
	['service/process-mailbox.ts', 'service/reprocess', 'service/incidents'],
	['service/branches'],
	['service/jobs'],
	['service/http'],
	['service/sites.ts'],
	['service/main.ts'],
	['service/cli'],
];

/** Interfaces that others may see of a folder that is otherwise closed. */
const ports = new Set([
	'service/crm/crm.ts',
	'service/crm/activity-book.ts',
	'service/crm/personal-data.ts',
	'service/crm/contact-book.ts',
	'service/mailboxes/mail-store.ts',
	'service/mailboxes/oauth/oauth.ts',
	'service/report/report.ts',
	'service/report/raw-mails.ts',
	'service/report/archive.ts',
	'service/crm/filing-book.ts',
	'service/report/blobs.ts',
	'service/report/outcomes.ts',
	'service/jobs/job-book.ts',
	'service/incidents/incident-book.ts',
	'service/reprocess/reprocess-book.ts',
]);

/** The layer and the part that a path belongs to; the most exact one. */
const placeOf = (path: string) => {
	const matches = layers.flatMap((parts, layer) =>
		parts
			.filter((part) => path === part || path.startsWith(`${part}/`))
			.map((part) => ({ part, layer })),
	);
	return matches.sort((a, b) => b.part.length - a.part.length)[0];
};

describe('who may import whom', () => {
	test('every file of the service has its place', () => {
		const homeless = files.filter((file) => file.startsWith('service/') && !placeOf(file));

		assert.deepEqual(homeless, []);
	});

	test('the story flows one way', () => {
		const against = imports.filter(({ file, target }) => {
			const [from, to] = [placeOf(file), placeOf(target)];
			if (!from || !to || from.part === to.part || ports.has(target)) return false;
			return to.layer >= from.layer;
		});

		assert.deepEqual(against.map(show), []);
	});

	test('no files need each other in a circle, not even for a type', () => {
		const targets = new Map(files.map((file): [string, string[]] => [file, []]));
		for (const { file, target } of imports)
			if (targets.has(target)) targets.get(file)!.push(target);
		assert.ok(imports.filter(({ target }) => targets.has(target)).length > files.length);

		const done = new Set<string>();
		const circles: string[] = [];
		const follow = (file: string, path: readonly string[]): void => {
			if (path.includes(file)) {
				circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
				return;
			}
			if (done.has(file)) return;
			for (const target of targets.get(file)!) follow(target, [...path, file]);
			done.add(file);
		};
		for (const file of files) follow(file, []);
		assert.deepEqual(circles, []);
	});

	test('only ports are visible outside crm, mailboxes and report', () => {
		const closed = ['service/crm/', 'service/mailboxes/', 'service/report/'];
		const intruders = imports.filter(({ file, target }) => {
			const folder = closed.find((start) => target.startsWith(start));
			return (
				folder && !file.startsWith(folder) && file !== 'service/sites.ts' && !ports.has(target)
			);
		});

		assert.deepEqual(intruders.map(show), []);
	});

	test('the admin pages import only the contract, and of it no zod', () => {
		const outside = imports.filter(
			({ file, target }) =>
				file.startsWith('admin-ui/') &&
				target.startsWith('service/') &&
				(!target.startsWith('service/contract/') ||
					(target.endsWith('messages.ts') && !isTypeImport(file, target))),
		);

		assert.deepEqual(outside.map(show), []);
	});
});

describe('each library has one home', () => {
	const homes: Record<string, string> = {
		imapflow: 'service/mailboxes/',
		oauth4webapi: 'service/mailboxes/',
		mailparser: 'service/messages/',
		re2js: 'service/classify/',
		'sanitize-html': 'service/messages/',
		express: 'service/http/',
		'node-cron': 'service/jobs/',
		'better-sqlite3': 'service/db/',
		pino: 'service/log.ts',
	};

	test.each(Object.entries(homes))('%s lives in %s', (library, home) => {
		const strays = imports.filter(
			({ file, target }) => target === library && !file.startsWith(home),
		);

		assert.deepEqual(strays.map(show), []);
	});

	test('SQL is written only where data is kept', () => {
		const homesOfSql = [
			'service/db/',
			'service/crm/builtin/',
			'service/settings/',
			'service/report/',
			'service/jobs/run-rows.ts',
			'service/jobs/site-job-book.ts',
			'service/incidents/site-incident-book.ts',
			'service/reprocess/site-reprocess-book.ts',
			'service/sites.ts',
		];
		const strays = files.filter(
			(file) =>
				file.startsWith('service/') &&
				!homesOfSql.some((home) => file.startsWith(home)) &&
				/\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(
					readFileSync(join(root, file), 'utf8'),
				),
		);

		assert.deepEqual(strays, []);
	});
});

describe('deciding is pure', () => {
	const pure = files.filter(
		(file) =>
			/^service\/(messages|identify|classify|filing)\//.test(file) ||
			/^service\/act\/(decide|decision|whose)/.test(file),
	);

	test('reading, identifying, classifying and deciding do no I/O and read no clock', () => {
		const forbidden =
			/\b(Date\.now\(|new Date\(\)|process\.env|fetch\(|Math\.random\()|from 'node:(fs|net|tls|http|child_process)/;
		const impure = pure.filter((file) => forbidden.test(readFileSync(join(root, file), 'utf8')));

		assert.deepEqual(impure, []);
	});
});

function isTypeImport(file: string, target: string): boolean {
	return imports.some((one) => one.file === file && one.target === target && one.isTypeOnly);
}

function show({ file, target }: Import): string {
	return `${file} → ${target}`;
}
