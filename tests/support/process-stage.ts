/** A sandbox and a database of a test's own, on which it runs the real program in as many processes as it likes. */
import type { Message } from '@grammyjs/types';
import type { TestContext } from 'vitest';
import { type Person, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { sampleProductPhoto } from '../../src/sandbox/sample-product.ts';
import { choose, idIn, sendProduct } from './conversation.ts';
import { createHome, type Home, silentLog } from './running-app.ts';
import { seller } from './seller.ts';
import { connectedTo, keepEvidence, startVitrine, type VitrineProcess } from './vitrine-process.ts';

/** For work that waits for leases, heartbeats and a busy machine. */
export const RESUMED = { timeoutMs: 90_000 } as const;

export type ProcessStage = Awaited<ReturnType<typeof openProcessStage>>;

/** Whatever is left of it when the test has ended is removed, and kept as evidence if the test failed. */
export async function openProcessStage(
  { onTestFinished, onTestFailed, task }: TestContext,
  options: { home?: Home } = {},
) {
  const sandbox = await startSandbox({ port: 0, log: silentLog, paceMs: 0 });
  const home = options.home ?? (await createHome());
  const processes: VitrineProcess[] = [];
  onTestFailed(() => keepEvidence(task.name, processes));
  onTestFinished(async () => {
    for (const { kill } of processes) await kill();
    await sandbox.stop();
    if (options.home === undefined) await home.remove();
  });
  const photo = await sampleProductPhoto();

  return {
    sandbox,
    home,
    photo,
    newSeller: (): Person => seller({ sandbox }, 'en'),

    async start(environment: Record<string, string> = {}): Promise<VitrineProcess> {
      const vitrine = await startVitrine({ ...home.environment, ...connectedTo(sandbox), ...environment });
      processes.push(vitrine);
      return vitrine;
    },

    /** An order of `pictures` proposals, of which only the tap on Create is left to be made. */
    async prepareOrder(person: Person, pictures = 1): Promise<{ id: number; create(): void }> {
      const card = await sendProduct(person, photo);
      const id = await choose(person, card, pictures);
      return { id, create: () => void person.tap({ data: `place:${id}`, messageId: card.message_id }) };
    },
  };
}

/** The message that says how an order ended. */
export function waitForOutcome(person: Person, photoshootId: number): Promise<Message> {
  return person.waitFor((message) => idIn(message, 'again') === photoshootId, RESUMED);
}

/** How many times the bot has sent a photo that is an order's result, counting all pictures of all sellers. */
export function photosSent(sandbox: Sandbox): number {
  const sent = sandbox.journal.calls().filter((call) => call.code === 200);
  const albums = sent.filter((call) => call.method === 'sendMediaGroup');
  const inAlbums = albums.flatMap((call) => JSON.parse(String(call.parameters.media)));
  return sent.filter((call) => call.method === 'sendPhoto').length + inAlbums.length;
}
