import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** Who holds a lease: a process on a host. Its start is part of the name, because process numbers come again. */
export interface LeaseOwner {
	name: string;
	/** Whether the process behind a name may still be running; a process of another host may. */
	mayBeAlive(name: string): boolean;
}

/** This process as a lease owner. */
export function thisProcess(): LeaseOwner {
	const own = [hostname(), process.pid, randomUUID().slice(0, 8)].join(' ');
	return {
		name: own,
		mayBeAlive: (name) => {
			const [host, pid] = name.split(' ');
			if (name === own || host !== hostname()) return true;
			return Number(pid) !== process.pid && isRunning(Number(pid));
		},
	};
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
