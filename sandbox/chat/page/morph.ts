/**
 * Turns `current` into a likeness of `next` by touching only what differs, and returns the element that now
 * stands in the document. A picture whose address is unchanged is not loaded again, a button under the finger
 * stays the same button and keeps the focus: this is why an edited message neither flickers nor jumps.
 */
export function morph(current: Element, next: Element): Element {
  if (!alike(current, next)) {
    current.replaceWith(next);
    return next;
  }
  morphAttributes(current, next);
  morphChildren(current, next);
  return current;
}

/** Siblings are told apart by tag and by `data-part`, so a picture put above a text does not become the text. */
function alike(one: Node, other: Node): boolean {
  if (one.nodeName !== other.nodeName) return false;
  if (!(one instanceof Element) || !(other instanceof Element)) return true;
  return one.getAttribute('data-part') === other.getAttribute('data-part');
}

function morphAttributes(current: Element, next: Element): void {
  for (const { name } of [...current.attributes]) {
    if (!next.hasAttribute(name)) current.removeAttribute(name);
  }
  for (const { name, value } of [...next.attributes]) {
    // The page's policy forbids style attributes; the object model below is the allowed way.
    if (name !== 'style' && current.getAttribute(name) !== value) current.setAttribute(name, value);
  }
  if (current instanceof HTMLElement && next instanceof HTMLElement) {
    if (current.style.cssText !== next.style.cssText) current.style.cssText = next.style.cssText;
  }
}

/** Parts keep their order, so one pass suffices: whatever is skipped on the way to a match has gone. */
function morphChildren(current: Element, next: Element): void {
  let cursor = current.firstChild;
  for (const wanted of [...next.childNodes]) {
    const match = firstAlike(cursor, wanted);
    if (match === undefined) {
      current.insertBefore(wanted, cursor);
      continue;
    }
    cursor = dropUntil(cursor, match);
    cursor = match.nextSibling;
    if (match instanceof Element && wanted instanceof Element) morph(match, wanted);
    else if (match.nodeValue !== wanted.nodeValue) match.nodeValue = wanted.nodeValue;
  }
  dropUntil(cursor, null);
}

function firstAlike(from: ChildNode | null, wanted: Node): ChildNode | undefined {
  for (let node = from; node !== null; node = node.nextSibling) {
    if (alike(node, wanted)) return node;
  }
  return undefined;
}

function dropUntil(from: ChildNode | null, end: ChildNode | null): ChildNode | null {
  let node = from;
  while (node !== null && node !== end) {
    const following = node.nextSibling;
    node.remove();
    node = following;
  }
  return node;
}
