/**
 * A child process: Vitrine as a whole, on the environment that it is given. Only the pace at which messages
 * leave is lifted (30 a second is Telegram's limit, not ours, and would be all that is measured).
 */
import { startApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { answerUsage, untilParentLeaves } from './measured.ts';

const settings: { environment: Record<string, string>; paced?: boolean } = JSON.parse(
  process.argv[2] ?? '{}',
);
const config = parseConfig(settings.environment);
if (config.mode === 'sandbox') throw new Error('a benchmark runs against its own doubles');
const telegram = { ...config.telegram, ...(settings.paced ? {} : { pacing: 'off' as const }) };
const app = await startApp({ ...config, telegram }, createLog(config.log));
answerUsage();
process.send?.({ url: app.url });
await untilParentLeaves();
await app.stop();
