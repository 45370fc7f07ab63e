/** SVG as text. Everything that is put in is escaped here, and nothing has a style that a strict policy refuses. */

export type Attributes = Readonly<Record<string, string | number>>;

/** @param children what `element` or `words` gave */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(shown(value))}"`);
  const start = `<${name}${written.join('')}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}

/** Words that people may have written. */
export function words(text: string): string {
  return escapeXml(text);
}

/** A hundredth of a unit is less than can be seen. */
function shown(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;
}

function escapeXml(text: string): string {
  // XML has no way to write control characters and halves of a pair: one of them would make the whole unreadable.
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
