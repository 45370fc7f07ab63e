export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
export type Child = Node | string | undefined;

/**
 * An element with its attributes and children. `true` writes an empty attribute, `false` and undefined none;
 * an undefined child is left out. The page sets text only as text: nothing here can turn a string into markup.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** A button that shows its label, or, when it shows an icon, has the label for its name. */
export function button(
  options: { label: string; icon?: SVGSVGElement; class?: string; testId?: string },
  pressed: () => void,
): HTMLButtonElement {
  const { label, icon } = options;
  const element = h(
    'button',
    {
      type: 'button',
      class: options.class,
      'data-testid': options.testId,
      'aria-label': icon ? label : undefined,
      title: icon ? label : undefined,
    },
    icon ?? label,
  );
  element.addEventListener('click', pressed);
  return element;
}

/** The element of index.html with this id. Throws when the page and its markup have drifted apart. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`index.html has no ${kind.name} #${id}`);
  return found;
}
