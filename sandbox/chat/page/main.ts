import { createClientFace } from './client-face.ts';
import { byId } from './dom.ts';
import { openRoom } from './room.ts';
import { textsFor } from './texts.ts';

const TRY_AGAIN_MS = 2000;

const face = createClientFace();

/** Waits for the sandbox to answer, however long that takes, then shows the chat. */
async function start(): Promise<void> {
  const personas = await face.personas().catch(() => undefined);
  if (personas) return openRoom(face, personas);
  byId('status', HTMLElement).textContent = textsFor(navigator.language).say('connecting');
  window.setTimeout(start, TRY_AGAIN_MS);
}

void start();
