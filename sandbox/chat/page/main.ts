import { createClientApi } from './client-api.ts';
import { byId } from './dom.ts';
import { bringEmoji } from './emoji.ts';
import { openRoom } from './room.ts';
import { textsFor } from './texts.ts';

const TRY_AGAIN_MS = 2000;

const client = createClientApi();

/** Waits for the sandbox to answer, however long that takes, then shows the chat. */
async function start(): Promise<void> {
  const personas = await client.personas().catch(() => undefined);
  if (personas) return openRoom(client, personas);
  byId('status', HTMLElement).textContent = textsFor(navigator.language).say('connecting');
  window.setTimeout(start, TRY_AGAIN_MS);
}

void bringEmoji().finally(start);
