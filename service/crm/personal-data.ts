import type { Answers } from '../contract/messages.ts';

/** What a site holds about one person, who is known by an e-mail address (requirement H4). */
export interface PersonalData {
	/** One page of it, some hundred items.
	 *  @param page from 1 */
	export(email: string, page: number): Promise<Answers['exportPersonalData']>;
	/** Erases some of it; call it until it is done, each time in a transaction of its own. Doing it again from page 1, also after
	 *  a crash, is safe. What has to stay is told with its reason.
	 *  @param page from 1 */
	erase(email: string, page: number, who: string, at: Date): Promise<Answers['erasePersonalData']>;
}
