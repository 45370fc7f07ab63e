/**
 * `npm run demo -- photo.jpg [folder]`: one whole order against the sandbox, without a browser. Prints each
 * step as the seller sees it, and writes the originals and a contact sheet into the folder.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { contactSheet } from '../../sandbox/drawing/contact-sheet.ts';
import { ADMIN_ID, NotAPhoto, type Person, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { startApp } from '../../src/app.ts';
import { runCommand, UsageError } from '../../src/command-line.ts';
import { connectToSandbox, parseConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { followChat } from './follow-chat.ts';
import { orderPictures } from './order-pictures.ts';

const SAMPLE_PHOTO = join(import.meta.dirname, '../../docs/sample-product.jpg');
const DEFAULT_FOLDER = 'demo-out';

const command = {
  usage: 'npm run demo -- [photo] [folder]',
  about: `Does one whole order against doubles of Telegram and OpenAI, prints it as the seller sees it, and writes
the pictures into the folder (${DEFAULT_FOLDER} unless told). Without a photo it takes the one that ships with Vitrine.`,
  operands: 2,
};

await runCommand(command, async ([photoPath = SAMPLE_PHOTO, folderPath = DEFAULT_FOLDER]) => {
  const photo = await readPhoto(photoPath);
  if (photo === null) throw new UsageError(`There is no photo at ${photoPath}.`);
  try {
    await demonstrate(photo, resolve(folderPath));
  } catch (error) {
    if (!(error instanceof NotAPhoto)) throw error;
    throw new UsageError(`${photoPath} is no photo that a messenger can send: take a JPEG, PNG or WebP.`, {
      cause: error,
    });
  }
});

async function demonstrate(bytes: Uint8Array, folder: string): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vitrine-demo-'));
  // Nothing of the caller's environment: a demo never talks to the real Telegram.
  const config = parseConfig({ DATA_DIR: dataDir, PORT: '0', SANDBOX_PORT: '0', LOG_LEVEL: 'error' });
  if (config.mode !== 'sandbox') throw new Error('the demo runs in the sandbox only');
  const log = createLog(config.log);
  const sandbox = await startSandbox({ port: config.sandboxPort, log });
  try {
    const seller = sandbox.people.of({ firstName: 'Emma', languageCode: 'en' });
    // First, because the bot takes seconds to make its database.
    await seller.choosePhoto(bytes);
    const app = await startApp(connectToSandbox(config, { ...sandbox, adminId: ADMIN_ID }), log);
    try {
      await runOrder(sandbox, seller, bytes, folder);
    } finally {
      await app.stop();
    }
  } finally {
    await sandbox.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function runOrder(sandbox: Sandbox, seller: Person, bytes: Uint8Array, folder: string): Promise<void> {
  const stopFollowing = followChat(seller, (line) => process.stdout.write(`${line}\n`));
  const originals = await orderPictures(seller, bytes);
  stopFollowing();

  await mkdir(folder, { recursive: true });
  const files = await Promise.all(
    originals.map(async ({ fileId, fileName }) => {
      const answer = await fetch(`${sandbox.url}/client/files/${fileId}`);
      if (!answer.ok) throw new Error(`the sandbox does not have ${fileName}`);
      const png = new Uint8Array(await answer.arrayBuffer());
      await writeFile(join(folder, fileName), png);
      return png;
    }),
  );
  await writeFile(join(folder, 'contact-sheet.png'), await contactSheet([bytes, ...files]));
  const names = [...originals.map(({ fileName }) => fileName), 'contact-sheet.png'];
  process.stdout.write(`\nWritten to ${folder}:\n${names.map((name) => `  ${name}`).join('\n')}\n`);
}

async function readPhoto(path: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
