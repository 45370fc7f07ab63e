import { readStartLink } from '../customers/start-links.ts';
import type { Database } from '../database/client.ts';
import {
  combinePayloads,
  EMPTY_PAYLOAD,
  parseLinkPayload,
  parseStartPayload,
  type StartPayload,
} from './start-payload.ts';

/** What a `/start` message carries, with what is stored behind a short link; empty for any other message. */
export async function readStart(db: Database, text: string): Promise<StartPayload> {
  const payload = /^\/start(?:@\w+)?\s+(\S+)/.exec(text)?.[1];
  if (payload === undefined) return EMPTY_PAYLOAD;
  const direct = parseStartPayload(payload);
  if (direct.linkCode === null) return direct;
  const stored = await readStartLink(db, direct.linkCode);
  return stored === null ? direct : combinePayloads(direct, parseLinkPayload(stored));
}
