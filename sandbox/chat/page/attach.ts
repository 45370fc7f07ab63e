import { byId, h } from './dom.ts';
import { icon } from './icons.ts';
import { createPopup } from './popup.ts';
import { isPicture } from './preview.ts';
import type { Texts } from './texts.ts';
import type { OutgoingFiles } from './wire.ts';

export type Picked = { files: File[]; as: OutgoingFiles['as'] };

/**
 * The three ways in for pictures and files: the clip's menu, dropping them on the chat, pasting them. `picked` gets
 * what was chosen; `open` says whether the chat takes anything now.
 */
export function createAttach(deps: { picked(picked: Picked): void; open(): boolean }) {
  const trigger = byId('attach', HTMLButtonElement);
  const menu = byId('attach-menu', HTMLElement);
  const photos = byId('attach-photo', HTMLInputElement);
  const files = byId('attach-file', HTMLInputElement);
  const photoItem = h('button', { type: 'button', role: 'menuitem' });
  const fileItem = h('button', { type: 'button', role: 'menuitem' });

  function take(chosen: FileList | undefined | null, as?: OutgoingFiles['as']): void {
    const list = [...(chosen ?? [])];
    if (list.length === 0 || !deps.open()) return;
    deps.picked({ files: list, as: as ?? (list.every(isPicture) ? 'photo' : 'document') });
  }

  function takeFrom(input: HTMLInputElement, as: OutgoingFiles['as']): void {
    take(input.files, as);
    // Else choosing the same file again would be no change, and nothing would happen.
    input.value = '';
  }

  trigger.append(icon('attach'));
  menu.append(photoItem, fileItem);
  createPopup(trigger, menu);
  photoItem.addEventListener('click', () => photos.click());
  fileItem.addEventListener('click', () => files.click());
  photos.addEventListener('change', () => takeFrom(photos, 'photo'));
  files.addEventListener('change', () => takeFrom(files, 'document'));
  takeDrops(byId('phone', HTMLElement), (transfer) => take(transfer.files));
  document.addEventListener('paste', (event) => {
    const pasted = event.clipboardData?.files;
    // A dialog that is open has fields of its own; text is the message field's.
    if (!pasted || pasted.length === 0 || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    take(pasted);
  });

  return {
    setTexts(texts: Texts): void {
      trigger.setAttribute('aria-label', texts.say('attach'));
      trigger.title = texts.say('attach');
      photoItem.replaceChildren(icon('photo'), texts.say('attachPhoto'));
      fileItem.replaceChildren(icon('file'), texts.say('attachFile'));
    },
  };
}

/** Calls `dropped` for files let go over `zone`, which bears the class `dropping` while they hover. */
function takeDrops(zone: HTMLElement, dropped: (transfer: DataTransfer) => void): void {
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  zone.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.classList.add('dropping');
  });
  zone.addEventListener('dragleave', (event) => {
    const into = event.relatedTarget;
    if (!(into instanceof Node) || !zone.contains(into)) zone.classList.remove('dropping');
  });
  zone.addEventListener('drop', (event) => {
    zone.classList.remove('dropping');
    if (!event.dataTransfer || !carriesFiles(event)) return;
    event.preventDefault();
    dropped(event.dataTransfer);
  });
}
