import { button, type Child, h } from './dom.ts';
import type { Texts } from './texts.ts';

const TOAST_MS = 3500;

/** A modal dialog that stands until it is closed by a button, by Escape or by a press beside it, and then goes. */
export function openDialog(
  options: { class: string; label: string; testId?: string },
  ...children: Child[]
): HTMLDialogElement {
  const dialog = h(
    'dialog',
    { class: options.class, 'aria-label': options.label, 'data-testid': options.testId },
    ...children,
  );
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** What answerCallbackQuery with show_alert opens: a sentence and one button. */
export function openAlert(text: string, texts: Texts): void {
  const ok = button({ label: texts.say('ok'), class: 'wide primary' }, () => dialog.close());
  const dialog = openDialog({ class: 'sheet alert', label: text, testId: 'alert' }, h('p', {}, text), ok);
  ok.focus();
}

/** Asks before something is done: true when the person pressed `action`. */
export function confirmed(
  question: { title: string; details: Child[]; action: string; testId: string },
  texts: Texts,
): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = false;
    const yes = button(
      { label: question.action, class: 'wide primary', testId: `${question.testId}-yes` },
      () => {
        answer = true;
        dialog.close();
      },
    );
    const no = button({ label: texts.say('cancel'), class: 'wide quiet' }, () => dialog.close());
    const dialog = openDialog(
      { class: 'sheet', label: question.title, testId: question.testId },
      h('h2', {}, question.title),
      ...question.details,
      yes,
      no,
    );
    dialog.addEventListener('close', () => resolve(answer));
    yes.focus();
  });
}

/** Short sentences that come and go; a new one takes the place of the last. */
export function createToaster(region: HTMLElement): (text: string) => void {
  let timer: number | undefined;
  return (text) => {
    window.clearTimeout(timer);
    region.replaceChildren(h('p', { class: 'toast', 'data-testid': 'toast' }, text));
    timer = window.setTimeout(() => region.replaceChildren(), TOAST_MS);
  };
}
