/** Job `send-pack`: a photoshoot's pictures as files of sales channels, in one album with a ZIP of them. */
import { isAppError } from '../errors.ts';
import type { MadeFile, NoFile } from '../imaging/channel-file.ts';
import { endPack, type Pack, readPack } from '../marketplaces/pack.ts';
import { PRESETS, type Preset } from '../marketplaces/presets.ts';
import { fileNameFor } from '../marketplaces/sku.ts';
import { type ZipEntry, zipFiles } from '../marketplaces/zip-files.ts';
import { languageOf } from '../messenger/language-of.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import type { Photoshoot } from '../photoshoots/photoshoot.ts';
import { creditsOf } from '../photoshoots/picture-price.ts';
import { readPhotoshoot } from '../photoshoots/read-photoshoot.ts';
import { type PictureSource, readSources } from '../photoshoots/read-sources.ts';
import { readPictures } from '../photoshoots/run/start-photoshoot.ts';
import {
  countFiles,
  type PackOutcome,
  type PackReport,
  packCard,
  packProgressCard,
  reportText,
} from '../screens/pack-card.ts';
import type { Screen } from '../screens/screen.ts';
import { deliverFiles, MAX_ALBUM } from '../telegram/deliver.ts';
import { isRefusedForGood } from '../telegram/errors.ts';
import { createStatusMessage, type StatusMessage } from '../telegram/status-message.ts';
import type { Translate } from '../texts/texts.ts';
import type { PipelineDeps } from './deps.ts';
import { fetchOriginal, listCandidates } from './fetch-original.ts';

/**
 * Bytes that the files of one pack have together: they stay in memory until they are sent, beside the ZIP and the
 * body of the call, which are as large. Fifty files get half a megabyte each, four get what their channel allows.
 */
const PACK_BYTES = 24_000_000;

type Work = {
  photoshoot: Photoshoot;
  pack: Pack;
  sources: readonly PictureSource[];
  presets: readonly Preset[];
  t: Translate;
  signal: AbortSignal;
};

/**
 * What was sent already is not sent again: then only the card is shown, which an earlier try may not have come to. What
 * it made is lost when the process dies, and made again.
 */
export async function sendPack(deps: PipelineDeps, photoshootId: number, signal: AbortSignal): Promise<void> {
  const pack = await readPack(deps.db, photoshootId);
  const photoshoot = await readPhotoshoot(deps.db, photoshootId);
  const { t } = await languageOf(deps, photoshoot.userId);
  const sources = await readSources(deps.db, photoshootId);
  const choice = (report?: PackReport) => packCard(t, pack, sources.length, report);
  const status = statusOf(deps, photoshoot, pack);
  if (!pack.isUnderWay) return finish(deps, status, choice());
  const presets = PRESETS.filter(({ id }) => pack.channels.includes(id));
  const work: Work = { photoshoot, pack, sources, presets, t, signal };
  let report: PackReport | 'blocked';
  let areSent: boolean;
  try {
    const { entries, ...made } = await makeFiles(deps, work, status);
    report = await reachPerson(deps.db, photoshoot.userId, () => deliver(deps, work, entries, made));
    areSent = entries.length > 0;
  } catch (error) {
    // The queue tries again: nothing may be shown on the card any more by this try.
    await status?.finish().catch(() => {});
    throw error;
  }
  const end = () => endPack(deps.db, photoshootId);
  if (report === 'blocked') return end();
  // For the card's sake nothing is sent again; where nothing was sent, the card alone says why.
  if (areSent) await end();
  await finish(deps, status, choice(report));
  if (!areSent) await end();
}

/** Job `give-up-pack`: nothing could be sent at any try, and the seller is told so instead of waiting. */
export async function giveUpPack(deps: PipelineDeps, photoshootId: number): Promise<void> {
  const pack = await readPack(deps.db, photoshootId);
  if (!pack.isUnderWay) return;
  deps.log.error('the files of a pack could not be sent at any try');
  const photoshoot = await readPhotoshoot(deps.db, photoshootId);
  const { t } = await languageOf(deps, photoshoot.userId);
  const { text, keyboard } = packCard(t, pack, (await readSources(deps.db, photoshootId)).length);
  await finish(deps, statusOf(deps, photoshoot, pack), {
    text: `${t('error-unexpected')}\n\n${text}`,
    keyboard,
  });
  await endPack(deps.db, photoshootId);
}

/** One picture after the other, so that the bytes of one original are held at a time. */
async function makeFiles(
  deps: PipelineDeps,
  work: Work,
  status: StatusMessage | null,
): Promise<{ entries: ZipEntry[]; outcomes: PackOutcome[]; fromPreview: number; gone: number }> {
  const { photoshoot, pack, sources, presets, t, signal } = work;
  const total = countFiles(pack.channels, sources.length);
  const shareBytes = Math.floor(PACK_BYTES / Math.max(1, total));
  const made: { preset: Preset; entry: ZipEntry }[] = [];
  const outcomes: PackOutcome[] = [];
  let [fromPreview, gone] = [0, 0];
  const keep = (preset: Preset, { jpeg, width, height, change }: MadeFile, index: number) => {
    const path = `${preset.channel}/${fileNameFor(preset.names, pack.sku, index)}`;
    made.push({ preset, entry: { path, bytes: jpeg } });
    outcomes.push({ preset: preset.id, kind: 'made', size: { width, height }, change });
  };
  for (const [index, source] of sources.entries()) {
    const original = await fetchOriginal(deps, source, signal);
    if (original === null) {
      gone += 1;
      continue;
    }
    if (original.isPreview) fromPreview += 1;
    for (const preset of presets.filter(
      ({ ground, mostPictures }) => ground === 'any' && index < mostPictures,
    )) {
      status?.update(contentOf(packProgressCard(t, outcomes.length, total)));
      const outcome = await makeOne(deps, original.bytes, preset, shareBytes, signal);
      if (outcome.kind === 'made') keep(preset, outcome, index);
      else outcomes.push({ preset: preset.id, ...outcome });
    }
  }
  for (const preset of presets.filter(({ ground }) => ground === 'white')) {
    status?.update(contentOf(packProgressCard(t, outcomes.length, total)));
    const outcome = await makeWhite(deps, work, preset, shareBytes);
    if (outcome.kind === 'made') keep(preset, outcome, 0);
    else outcomes.push({ preset: preset.id, ...outcome });
  }
  deps.log.debug({ files: made.length, photoshootId: photoshoot.id }, 'files for sales channels were made');
  // In the chat a channel's files stand side by side.
  const entries = presets.flatMap((preset) =>
    made.filter((file) => file.preset === preset).map(({ entry }) => entry),
  );
  return { entries, outcomes, fromPreview, gone };
}

async function makeOne(
  { images }: Pick<PipelineDeps, 'images'>,
  bytes: Uint8Array,
  preset: Preset,
  shareBytes: number,
  signal: AbortSignal,
) {
  const { sizes } = preset;
  try {
    const maxBytes = Math.min(preset.maxBytes, shareBytes);
    return await images.channelFile(bytes, { sizes, maxBytes, generated: true }, signal);
  } catch (error) {
    if (!isAppError(error) || !error.code.startsWith('image-')) throw error;
    return { kind: 'unreadable' } as const;
  }
}

/**
 * The product alone on white: of the first picture it can be cut out of with certainty, a result before the seller's
 * own photos, which carry no label then. Each is fetched when its turn comes.
 */
async function makeWhite(
  deps: PipelineDeps,
  { photoshoot, sources, signal }: Work,
  { sizes, margin, maxBytes: allowed }: Preset,
  shareBytes: number,
): Promise<MadeFile | NoFile | { kind: 'no-cut-out' }> {
  const candidates = await listCandidates(deps, { photoshootId: photoshoot.id, sources, signal });
  const maxBytes = Math.min(allowed, shareBytes);
  let tooSmall: NoFile | null = null;
  for (const { generated, fetch } of candidates) {
    const bytes = await fetch();
    if (bytes === null) continue;
    try {
      const outcome = await deps.images.whiteFile(bytes, { sizes, margin, maxBytes, generated }, signal);
      if (outcome.kind === 'made') return outcome;
      if (outcome.kind === 'unsure') deps.log.debug({ doubt: outcome.doubt }, 'a product was not cut out');
      else tooSmall ??= outcome;
    } catch (error) {
      if (!isAppError(error) || !error.code.startsWith('image-')) throw error;
    }
  }
  return tooSmall ?? { kind: 'no-cut-out' };
}

/** Files and ZIP leave as one message, so that a try that is repeated finds either all sent or nothing. */
async function deliver(
  deps: PipelineDeps,
  { photoshoot, pack, t, signal }: Work,
  entries: readonly ZipEntry[],
  made: Omit<PackReport, 'onlyZip' | 'largeCredits' | 'cutOutCredits'>,
): Promise<PackReport> {
  const onlyZip = entries.length >= MAX_ALBUM;
  const report = {
    ...made,
    onlyZip,
    largeCredits: await creditsOfLarge(deps, photoshoot),
    cutOutCredits: deps.abilities.cutsOut ? creditsOf('usual') : null,
  };
  const caption = reportText(t, report);
  const documents = entries.map(({ path, bytes }) => {
    const [channel = '', filename = ''] = path.split('/');
    return { bytes, filename, contentType: 'image/jpeg', caption: channel };
  });
  const [only, ...others] = documents;
  if (only === undefined) return report;
  const files =
    others.length === 0
      ? [{ ...only, caption }]
      : [...(onlyZip ? [] : documents), { ...(await zipOf(entries, pack, t)), caption }];
  await deliverFiles(deps.gateway, { chatId: photoshoot.chatId, files, signal });
  return report;
}

/** What the photoshoot costs with large pictures; null where they are large, or none can be made. */
async function creditsOfLarge(
  { db, abilities }: Pick<PipelineDeps, 'db' | 'abilities'>,
  { id, size }: Photoshoot,
): Promise<number | null> {
  if (size === 'large' || abilities.largeSizes === null) return null;
  return (await readPictures(db, id)).length * creditsOf('large');
}

async function zipOf(entries: readonly ZipEntry[], { sku }: Pack, t: Translate) {
  const name = sku?.replaceAll('/', '-') ?? t('pack-zip-name');
  return { bytes: await zipFiles(entries), filename: `${name}.zip`, contentType: 'application/zip' };
}

/** The card shows the choice again. @throws what passes, for the queue to try again; a refusal would come each time */
async function finish(deps: PipelineDeps, status: StatusMessage | null, screen: Screen): Promise<void> {
  try {
    await status?.finish(contentOf(screen));
  } catch (error) {
    if (!isRefusedForGood(error)) throw error;
    deps.log.warn({ err: error }, 'the card of a pack was not shown');
  }
}

function statusOf(
  deps: PipelineDeps,
  { chatId, userId }: Photoshoot,
  { cardMessageId }: Pack,
): StatusMessage | null {
  if (cardMessageId === null) return null;
  return createStatusMessage(deps.gateway, {
    chatId,
    messageId: cardMessageId,
    reach: (say) => reachPerson(deps.db, userId, say),
    log: deps.log,
  });
}

function contentOf({ text, keyboard }: Screen) {
  return { text, keyboard: { inline_keyboard: keyboard } };
}
