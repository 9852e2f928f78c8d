import { readConfig } from '../config.ts';
import { openLog } from '../log.ts';
import type { Out } from './out.ts';

type Command = (argv: string[], out: Out) => Promise<number>;

/** The commands of `return-channel`; each is loaded when it is asked for. */
const commands: Record<string, { usage: string; load: () => Promise<Command> }> = {
	serve: {
		usage:
			'serve                                        start the service; settings come from the environment',
		load: async () => serve,
	},
	'job run': {
		usage: 'job run NAME --site ID [--dry-run]           run a job now and wait for its end',
		load: async () => (await import('./job.ts')).jobRunCommand,
	},
	classify: {
		usage: 'classify --jsonl FILES|DIR|MBOX…             say what mails are, a JSON line each',
		load: async () => (await import('./classify.ts')).classifyCommand,
	},
	replay: {
		usage: 'replay MAIL.eml                              explain one mail in words',
		load: async () => (await import('./replay.ts')).replayCommand,
	},
};

async function serve(_argv: string[], { complain }: Out): Promise<number> {
	const { startService } = await import('../main.ts');
	const config = readConfig(process.env);
	const log = openLog(config.logLevel);
	const service = await startService(config, log);

	const signal = await new Promise<string>((resolve) => {
		for (const name of ['SIGINT', 'SIGTERM']) process.once(name, resolve);
	});
	log.info(`Stopping because of ${signal}.`);
	process.once('SIGINT', () => {
		complain('Stopped at once; what was going on is taken up at the next start.');
		process.exit(130);
	});
	await service.stop();
	return 0;
}

async function main(argv: string[]): Promise<number> {
	// `return-channel classify … | head` is no error.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EPIPE') process.exit(0);
		throw error;
	});
	const out: Out = {
		write: (line) => process.stdout.write(`${line}\n`),
		complain: (line) => process.stderr.write(`${line}\n`),
	};
	const name = Object.keys(commands).find((words) =>
		` ${argv.join(' ')} `.startsWith(` ${words} `),
	);
	if (!name) {
		out.complain(
			[
				'Usage: return-channel COMMAND',
				...Object.values(commands).map(({ usage }) => `  ${usage}`),
			].join('\n'),
		);
		return 2;
	}
	try {
		const command = await commands[name]!.load();
		return await command(argv.slice(name.split(' ').length), out);
	} catch (error) {
		out.complain(error instanceof Error ? error.message : String(error));
		return 1;
	}
}

process.exitCode = await main(process.argv.slice(2));
