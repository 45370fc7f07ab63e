import type { Ai } from '../ai/create-ai.ts';
import type { ReferralSettings } from '../billing/referrals/reward-inviter.ts';
import type { Database } from '../database/client.ts';
import type { ImagePool } from '../imaging/pool.ts';
import type { Log } from '../log.ts';
import type { Queue } from '../queue/queue.ts';
import type { Gateway } from '../telegram/gateway.ts';
import type { Texts } from '../texts/texts.ts';

/** What the steps of the pipeline are made of; built once in app.ts. */
export type PipelineDeps = {
  db: Database;
  queue: Queue;
  gateway: Gateway;
  images: ImagePool;
  ai: Ai;
  texts: Texts;
  adminIds: readonly number[];
  referral: ReferralSettings;
  log: Log;
};
