/** Job `send-data`: all that is kept of a person, as one file in their chat. */
import { languageOf } from '../messenger/language-of.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import { tellPerson } from '../messenger/tell-person.ts';
import { collectData } from '../privacy/collect-data.ts';
import {
  dropDataRequest,
  endDataRequest,
  markDeparted,
  readDataRequest,
  takeBackDeparture,
} from '../privacy/request-data.ts';
import { zipText } from '../privacy/zip-text.ts';
import { deliverFiles } from '../telegram/deliver.ts';
import { TelegramRefused, TelegramUnreachable } from '../telegram/errors.ts';
import type { PipelineDeps } from './deps.ts';

type Deps = Pick<PipelineDeps, 'db' | 'gateway' | 'texts' | 'log' | 'adminIds'>;

/** Telegram takes files of 50 MB; packed text of so much is ten times as long. */
const MOST_BYTES = 40_000_000;

/** Another process is about to send the file, or has. */
class AlreadyDeparted extends Error {
  override readonly name = 'AlreadyDeparted';
}

/**
 * Sends the file once: it is marked as departed at the last moment, and whoever finds it so without an end, because a
 * process died there or no answer came, says that it may have arrived and does not send it again.
 */
export async function sendData(deps: Deps, dataRequestId: number, signal: AbortSignal): Promise<void> {
  const { db } = deps;
  const request = await readDataRequest(db, dataRequestId);
  if (request === null || request.endedAt !== null) return;
  const { id, userId } = request;
  if (request.departedAt !== null) return tellThenDrop(deps, { id, userId }, 'unsure');
  const { t } = await languageOf(deps, userId);
  const bytes = await zipText('data.json', (packedBytes) =>
    collectData(
      db,
      { userId, about: t('data-file-about'), isFull: () => signal.aborted || packedBytes() > MOST_BYTES },
      new Date(),
    ),
  );
  signal.throwIfAborted();
  const file = {
    bytes,
    filename: t('data-file-name'),
    contentType: 'application/zip',
    caption: t('data-file'),
  };
  try {
    await reachPerson(db, userId, () =>
      deliverFiles(deps.gateway, {
        chatId: userId,
        files: [file],
        maxRetryWaitMs: 0,
        departure: {
          signal,
          async confirm() {
            if (!(await markDeparted(db, id))) throw new AlreadyDeparted();
          },
        },
      }),
    );
  } catch (error) {
    if (error instanceof AlreadyDeparted) return;
    if (wasNotSent(error)) await takeBackDeparture(db, id);
    throw error;
  }
  await endDataRequest(db, id);
}

/** Job `give-up-data`: it could not be sent at any try. */
export async function giveUpData(deps: Deps, dataRequestId: number): Promise<void> {
  const request = await readDataRequest(deps.db, dataRequestId);
  if (request === null || request.endedAt !== null) return;
  deps.log.error('a person’s data could not be sent at any try');
  await tellThenDrop(deps, request, 'hopeless');
}

/** In this order: of a request that is dropped the next try would not know whom to tell. */
async function tellThenDrop(
  deps: Deps,
  { id, userId }: { id: number; userId: number },
  why: 'unsure' | 'hopeless',
): Promise<void> {
  const telling = await tellPerson(deps, userId, (t) =>
    t(why === 'unsure' ? 'data-file-unsure' : 'data-file-failed'),
  );
  if (telling === 'unreached') throw new Error('what became of a person’s data could not be said yet');
  await dropDataRequest(deps.db, id, why);
}

function wasNotSent(error: unknown): boolean {
  return error instanceof TelegramRefused || (error instanceof TelegramUnreachable && error.sent === 'no');
}
