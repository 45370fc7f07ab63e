import { openDialog } from './dialogs.ts';
import { button, h } from './dom.ts';
import { fileSize } from './format.ts';
import { icon } from './icons.ts';
import type { Texts } from './texts.ts';
import type { OutgoingFiles } from './wire.ts';

const CAPTION_LIMIT = 1024;

/**
 * What is about to be sent, before it is sent: the pictures or files, whether as photos or as files, and a caption.
 * `send` says whether it went through; if not, the sheet stays, with everything in it.
 */
export function openPreview(
  picked: { files: File[]; as: OutgoingFiles['as'] },
  texts: Texts,
  send: (outgoing: OutgoingFiles) => Promise<boolean>,
): void {
  let files = picked.files;
  const addresses = new Map(files.map((file) => [file, URL.createObjectURL(file)]));
  const title = h('h2');
  const grid = h('div', { class: 'preview-grid' });
  const choice = sendingChoice(picked, texts);
  const caption = h('textarea', {
    rows: 1,
    maxlength: CAPTION_LIMIT,
    placeholder: texts.say('caption'),
    'aria-label': texts.say('caption'),
    'data-testid': 'caption',
  });
  const cancel = button({ label: texts.say('cancel'), class: 'quiet' }, () => dialog.close());
  const go = button(
    { label: texts.say('send'), class: 'primary', testId: 'preview-send' },
    () => void sendAll(),
  );
  const dialog = openDialog(
    { class: 'sheet preview', label: texts.say('attach'), testId: 'preview' },
    title,
    grid,
    choice.element,
    caption,
    h('div', { class: 'sheet-buttons' }, cancel, go),
  );

  function drawFiles(): void {
    title.textContent = texts.say('sheetTitle', { n: files.length });
    grid.classList.toggle('one', files.length === 1);
    grid.replaceChildren(
      ...files.map((file) =>
        h(
          'div',
          { class: 'preview-item' },
          drawFile(file, addresses.get(file), texts),
          button({ label: texts.say('remove'), icon: icon('close'), class: 'round small' }, () =>
            remove(file),
          ),
        ),
      ),
    );
  }

  function remove(file: File): void {
    files = files.filter((other) => other !== file);
    if (files.length === 0) dialog.close();
    else drawFiles();
  }

  async function sendAll(): Promise<void> {
    go.disabled = true;
    go.textContent = texts.say('sending');
    const sent = await send({ files, as: choice.chosen(), caption: caption.value.trim() });
    if (sent) dialog.close();
    go.disabled = false;
    go.textContent = texts.say('send');
  }

  caption.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!go.disabled) void sendAll();
  });
  dialog.addEventListener('close', () => {
    for (const address of addresses.values()) URL.revokeObjectURL(address);
  });
  drawFiles();
  caption.focus();
}

/** Photos are shown in the chat and made smaller on the way; files arrive as they are. Only pictures have the choice. */
function sendingChoice(picked: { files: File[]; as: OutgoingFiles['as'] }, texts: Texts) {
  if (!picked.files.every(isPicture)) return { element: undefined, chosen: () => 'document' as const };
  const radio = (value: OutgoingFiles['as'], label: string) =>
    h(
      'label',
      {},
      h('input', {
        type: 'radio',
        name: 'as',
        value,
        checked: value === picked.as,
        'data-testid': `as-${value}`,
      }),
      h('span', {}, label),
    );
  const element = h(
    'div',
    { class: 'segments', role: 'radiogroup', 'aria-label': texts.say('attach') },
    radio('photo', texts.say('asPhoto')),
    radio('document', texts.say('asFile')),
  );
  return {
    element,
    chosen: (): OutgoingFiles['as'] =>
      element.querySelector('input[value="photo"]:checked') === null ? 'document' : 'photo',
  };
}

/** Whether it may be sent as a photo. A browser has no type for HEIC on most systems, so the name counts as well. */
export function isPicture(file: File): boolean {
  return file.type.startsWith('image/') || /\.(heic|heif)$/i.test(file.name);
}

/** A thumbnail; what the browser cannot decode (HEIC, TIFF) is shown as a file. */
function drawFile(file: File, address: string | undefined, texts: Texts): HTMLElement {
  const words = h(
    'div',
    { class: 'preview-file' },
    icon('file'),
    h('span', { class: 'file-name' }, file.name),
    h('span', { class: 'file-size' }, fileSize(file.size, texts.language)),
  );
  if (!isPicture(file) || address === undefined) return words;
  const thumbnail = h('img', { src: address, alt: file.name });
  thumbnail.addEventListener('error', () => thumbnail.replaceWith(words));
  return thumbnail;
}
