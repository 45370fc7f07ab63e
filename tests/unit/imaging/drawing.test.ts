/** Drawings of ours as pictures, also on a machine without a font. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { CHART_FONT, EMOJI_FONT } from '../../../src/charts/theme.ts';
import { createImagePool } from '../../../src/imaging/pool.ts';
import { silentLog } from './pictures.ts';

const pool = createImagePool({ threads: 1, memoryBytes: 1e9, log: silentLog });
afterAll(() => pool.close());

const written = (text: string, weight = 400) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40"><rect width="100" height="40" fill="#fff"/><text x="5" y="30" font-family="${CHART_FONT}, ${EMOJI_FONT}" font-weight="${weight}">${text}</text></svg>`;

const WRITTEN = [
  written('A'),
  written('Ж'),
  written('A', 600),
  written('🎁'),
  written('🚀'),
  written('👩🏽‍🎨'),
];

test('is as wide as asked, and sharp', async () => {
  const png = await pool.drawPng(written('a'), 1000);
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1000, height: 400 });
});

test('is a fault of ours where the drawing is broken', async () => {
  await expect(pool.drawPng('<svg', 100)).rejects.toMatchObject({ code: 'image-unreadable' });
});

test('has letters and emoji where the machine has no font', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-no-fonts-'));
  try {
    const config = join(folder, 'fonts.conf');
    await writeFile(config, `<?xml version="1.0"?><fontconfig><cachedir>${folder}</cachedir></fontconfig>`);
    const drawing = new URL('../../../src/imaging/draw-svg.ts', import.meta.url).href;
    const script = `const { drawSvg } = await import(${JSON.stringify(drawing)});
      for (const svg of ${JSON.stringify(WRITTEN)})
        console.log(Buffer.from(await drawSvg(Buffer.from(svg), 100)).toString('base64'));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script],
      {
        env: { ...process.env, FONTCONFIG_FILE: config },
      },
    );
    // Without a font each is the same empty box.
    expect(new Set(stdout.trim().split('\n')).size).toBe(WRITTEN.length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
