import { once } from 'node:events';
import { connect } from 'node:net';

/** Reads and deletes a whole mailbox with the least that POP3 asks for: all commands of a window at once, answers only
 *  counted. The yardstick of `bench:fetch -- --protocol pop3`.
 *  @returns mails fetched and deleted */
export async function fetchAndDeleteBarely(
	port: number,
	userName: string,
	password: string,
	windowSize: number,
): Promise<number> {
	const socket = connect(port, '127.0.0.1');
	await once(socket, 'connect');
	let tail = '';
	let ends = 0;
	let wake = () => {};
	// Every multi-line answer ends with a line of one dot, and mails have theirs doubled.
	socket.on('data', (chunk: Buffer) => {
		const text = tail + chunk.toString('latin1');
		for (let at = text.indexOf('\r\n.\r\n'); at >= 0; at = text.indexOf('\r\n.\r\n', at + 3))
			ends++;
		tail = text.slice(-4);
		wake();
	});
	const until = async (isEnough: () => boolean) => {
		while (!isEnough()) await new Promise<void>((resolve) => (wake = resolve));
	};
	let count = 0;
	socket.write(`USER ${userName}\r\nPASS ${password}\r\nSTAT\r\n`);
	socket.on('data', (chunk: Buffer) => {
		count ||= Number(/^\+OK (\d+) \d+\r$/m.exec(chunk.toString('latin1'))?.[1] ?? 0);
	});
	await until(() => count > 0);
	for (let first = 1; first <= count; first += windowSize) {
		const last = Math.min(first + windowSize - 1, count);
		const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
		socket.write(numbers.map((number) => `RETR ${number}\r\n`).join(''));
		await until(() => ends >= last);
		socket.write(numbers.map((number) => `DELE ${number}\r\n`).join(''));
	}
	socket.write('QUIT\r\n');
	await once(socket, 'close');
	return ends;
}
