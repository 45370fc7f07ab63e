/** Markup in which nothing that was put in can be markup: whatever is not made here is escaped. */

/** Markup that is safe to send; only `html` and `drawing` make it. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a page; what is not there (null, false) leaves no trace. */
export type Content = Html | string | number | null | false | readonly Content[];

/**
 * A piece of a page. Values stand between tags or within a quoted attribute, and nowhere else: there, and only there,
 * escaping these five characters is enough.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(parts.map((part, index) => part + written(values[index] ?? null)).join(''));
}

/** An SVG of our own making: an icon, a chart. Never anything that came from a person. */
export function drawing(svg: string): Html {
  return new Html(svg);
}

function written(content: Content): string {
  if (content === null || content === false) return '';
  if (content instanceof Html) return content.toString();
  if (typeof content === 'object') return content.map(written).join('');
  return escaped(String(content));
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPED[character] ?? character);
}
