import { isMessageGone, isNotModified } from './errors.ts';
import type { CallOptions, Gateway } from './gateway.ts';
import type { Params } from './types.ts';

type EditMethod = 'editMessageText' | 'editMessageCaption' | 'editMessageMedia' | 'editMessageReplyMarkup';

/** `unchanged`: it showed that already. `gone`: there is no such message to edit any more. */
export type EditOutcome = 'edited' | 'unchanged' | 'gone';

/**
 * Edits a message. That it shows the same already, or was deleted by its reader, is an outcome and no error.
 * @throws whatever else the gateway throws.
 */
export async function editMessage<M extends EditMethod>(
  gateway: Pick<Gateway, 'call'>,
  method: M,
  params: Params<M>,
  options?: CallOptions,
): Promise<EditOutcome> {
  try {
    await gateway.call(method, params, options);
    return 'edited';
  } catch (error) {
    if (isNotModified(error)) return 'unchanged';
    if (isMessageGone(error)) return 'gone';
    throw error;
  }
}
