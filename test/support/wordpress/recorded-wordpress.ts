import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordingService } from '../../plugin/recording-service.ts';
import type { RecordingService } from '../../plugin/recording-service.ts';
import { testSecret } from '../a-mailing.ts';
import { ensureSystemPackages } from '../system-packages.ts';
import { startWordPress } from './start-wordpress.ts';
import type { RunningWordPress, WordPressOptions } from './start-wordpress.ts';

export interface RecordedWordPress {
	/** Stands in for the service, so that it can say anything. */
	recording: RecordingService;
	wordPress: RunningWordPress;
	/** Stops both and takes their files away. */
	stop(): Promise<void>;
}

/** One site with the plugin, paired with a recording instead of the service. The caller stops it. */
export async function recordedWordPress(
	php: NonNullable<WordPressOptions['php']>,
): Promise<RecordedWordPress> {
	if (php === 'native')
		ensureSystemPackages(['php-cli', 'php-sqlite3', 'php-curl', 'php-mbstring', 'php-xml']);
	const dir = await mkdtemp(join(tmpdir(), 'return-channel-'));
	const recording = await recordingService();
	const wordPress = await startWordPress({
		dir,
		isNetwork: false,
		pluginSettings: { serviceUrl: recording.url, secret: testSecret },
		hasCron: false,
		php,
	});
	return {
		recording,
		wordPress,
		stop: async () => {
			await wordPress.stop();
			await recording.goAway();
			await rm(dir, { recursive: true, force: true });
		},
	};
}
