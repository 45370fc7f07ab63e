/**
 * A second press on the button of a form that is on its way does nothing. The server does everything once anyway.
 * @param {ParentNode} root
 */
export function guardForms(root) {
  root.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
    // Not before the form has been read: a disabled button would not be sent.
    setTimeout(() => {
      for (const button of form.querySelectorAll('button')) button.disabled = true;
    });
  });
  // Whoever comes back to a page finds its buttons as they were.
  addEventListener('pageshow', () => {
    for (const button of root.querySelectorAll('button:disabled')) {
      if (button instanceof HTMLButtonElement) button.disabled = false;
    }
  });
}
