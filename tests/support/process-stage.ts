/** A sandbox and a database of a test's own, on which it runs the real program in as many processes as it likes. */
import type { Message } from '@grammyjs/types';
import type { TestContext } from 'vitest';
import { type Person, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { idIn } from './conversation.ts';
import { createHome, type Home, silentLog } from './running-app.ts';
import { buttons, seller } from './seller.ts';
import { connectedTo, keepEvidence, startVitrine, type VitrineProcess } from './vitrine-process.ts';

/** For work that waits for leases, heartbeats and a busy machine; a wait ends when what it waits for is there. */
export const RESUMED = { timeoutMs: 200_000 } as const;

export type ProcessStage = Awaited<ReturnType<typeof openProcessStage>>;

/**
 * Opens a stage on a home of its own, or on one that is given away to it. Everything is removed when the test
 * has ended; what the processes said is kept if it failed.
 */
export async function openProcessStage(
  { onTestFinished, onTestFailed, task }: TestContext,
  givenHome?: Home,
) {
  const sandbox = await startSandbox({ port: 0, log: silentLog, tempo: 'hasty' });
  const home = givenHome ?? (await createHome());
  const processes: VitrineProcess[] = [];
  onTestFailed(() => keepEvidence(task.name, processes));
  onTestFinished(async () => {
    for (const { killUnnoticed } of processes) await killUnnoticed();
    await sandbox.stop();
    await home.remove();
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

    prepareOrder: (person: Person, pictures = 1) => prepareOrder(person, photo, pictures),
  };
}

/** An order of which only the tap on Create is left to be made; `tap` is what that button carries. */
export type PreparedOrder = { id: number; tap: { data: string; messageId: number }; create(): void };

/** Sends a photo and chooses the first `pictures` proposals. `patience`: for the card, and again for its price. */
export async function prepareOrder(
  person: Person,
  photo: Uint8Array,
  pictures: number,
  patience: { timeoutMs: number } = RESUMED,
): Promise<PreparedOrder> {
  const [sent] = await person.sendPhoto(photo);
  const after = sent?.message_id ?? 0;
  const card = await person.waitFor((message) => idIn(message, 'place') !== null, { ...patience, after });
  const messageId = card.message_id;
  const id = idIn(card, 'place') ?? 0;
  for (let number = 1; number <= pictures; number += 1) {
    person.tap({ data: `style:${id}:${number}`, messageId });
  }
  const isPriced = (message: Message) =>
    message.message_id === messageId &&
    buttons(message).some((text) => text.startsWith(`Create ${pictures} `));
  await person.waitFor(isPriced, patience);
  const tap = { data: `place:${id}`, messageId };
  return { id, tap, create: () => void person.tap(tap) };
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
