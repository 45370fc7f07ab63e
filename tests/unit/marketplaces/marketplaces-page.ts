import { type Confidence, PRESETS, type Preset } from '../../../src/marketplaces/presets.ts';
import { fileNameFor } from '../../../src/marketplaces/sku.ts';

const WORDS: Record<Confidence, string> = {
  official: 'official',
  copied: 'copied',
  'third-party': 'third party',
  guess: '**guess**',
};

/** docs/marketplaces.md, made of the presets. */
export function marketplacesPage(): string {
  return `# Files for marketplaces

“📦 Files for marketplaces” under a result makes these files: JPEG, sRGB, exactly these pixels. The first size is the one that is advised; a smaller one is made where the picture has no more pixels (it is enlarged 1.25 times at most). A picture of another shape is cut where at least 74 % of it stays, else extended on its own ground or on a blurred copy. Quality begins at 92 and goes down only until the limit is kept. A picture that a model made carries the IPTC label \`trainedAlgorithmicMedia\` in every file; a cut-out of the seller's own photo carries none, one that a model made does. Large pictures (two credits) have the advised sizes; where they are missing, and where pure white is, the card has a key with the price.

This page is made of \`src/marketplaces/presets.ts\` (\`npx vitest run --project unit tests/unit/marketplaces -u\`). **Look at a source before you rely on it**: channels change their rules without notice, and not every number was found in the channel's own words. *Official*: read in its own help or interface description. *Copied*: a copy of that text, or two independent sources that agree. *Third party*: others say so. **Guess**: nothing current was found.

| channel | pixels | ground | at most | names with the SKU MUG-01 | pictures | pixels are | bytes are | ground is | names are | read on |
| --- | --- | --- | --: | --- | --: | --- | --- | --- | --- | --- |
${PRESETS.map(row).join('\n')}

## Sources and what to know

${PRESETS.map(({ channel, source, note }) => `- **${channel}**: ${note} Source: ${source}`).join('\n')}
`;
}

function row(preset: Preset): string {
  const { channel, sizes, ground, maxBytes, names, mostPictures, confidence, checkedOn } = preset;
  const examples = [0, 1].slice(0, mostPictures).map((index) => `\`${fileNameFor(names, 'MUG-01', index)}\``);
  const cells = [
    channel,
    sizes.map(({ width, height }) => `${width}×${height}`).join(', '),
    ground === 'white' ? 'pure white, from a cut-out' : 'any',
    `${maxBytes / 1_000_000} MB`,
    examples.join(', '),
    String(mostPictures),
    ...[confidence.pixels, confidence.bytes, confidence.ground, confidence.names].map((word) => WORDS[word]),
    checkedOn,
  ];
  return `| ${cells.join(' | ')} |`;
}
