/** What can go wrong around Vitrine: each is begun, lasts, and is over, so that any of them can follow any other. */
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultRule } from '../../sandbox/index.ts';
import type { Stage } from './stage.ts';

/** @param ms for how long it lasts, where it lasts */
type Trouble = (stage: Stage, ms: number) => Promise<void>;

export const TROUBLES = {
  'a process is killed': async (stage) => {
    const [vitrine] = stage.living;
    if (vitrine === undefined) return;
    stage.leave(vitrine);
    await vitrine.killUnnoticed();
    await stage.join();
  },
  'a process is frozen, taken for dead, and comes back': async ({ living }, ms) => {
    const [vitrine] = living;
    vitrine?.send('SIGSTOP');
    await delay(ms);
    vitrine?.send('SIGCONT');
  },
  'a new version is rolled out': async (stage) => {
    const [vitrine] = stage.living;
    if (vitrine === undefined) return;
    await stage.join();
    stage.leave(vitrine);
    await vitrine.stop();
  },
  'the database dies': async ({ server }, ms) => {
    await server.crash();
    await delay(ms);
    await server.start();
  },
  'connections to the database break': async ({ network }) => network.cut('reset'),
  'connections to the database fall silent': async ({ network }, ms) => {
    network.silence();
    await delay(ms);
  },
  'the provider answers with pages of a gateway': faulty('openai', { match: '*', kind: '5xx' }),
  'the provider hangs': faulty('openai', { match: 'images/*', kind: 'hang' }),
  'the provider is asked too often': faulty('openai', { match: '*', kind: '429', retryAfter: 1 }),
  'the provider breaks off': faulty('openai', { match: 'images/*', kind: 'truncate' }),
  'the provider’s quota is used up': faulty('openai', { match: 'images/*', kind: 'quota' }),
  'Telegram asks to wait': faulty('telegram', { match: 'send*', kind: '429', retryAfter: 2 }),
  'Telegram answers with pages of a gateway': faulty('telegram', { match: '*', kind: '5xx' }),
  'Telegram takes a message and does not say so': faulty('telegram', { match: 'send*', kind: 'reset-after' }),
  'files cannot be fetched': faulty('telegram', { match: 'file', kind: 'reset' }),
} as const satisfies Record<string, Trouble>;
export type TroubleName = keyof typeof TROUBLES;

// Object.keys forgets which keys there are.
export const TROUBLE_NAMES = Object.keys(TROUBLES) as TroubleName[];

/** Every request that fits is spoiled while it lasts; a rule that ends by itself beside others ends with this one. */
function faulty(service: 'openai' | 'telegram', rule: FaultRule): Trouble {
  return async ({ sandbox }, ms) => {
    sandbox.faults.add(service, rule);
    await delay(ms);
    sandbox.faults.clear();
  };
}
