import { z } from 'zod';
import type { Label } from './labels.ts';
import type { Listing } from './listing.ts';
import type { Proposal } from './proposals.ts';
import type { Product } from './recognise.ts';

/** What the vision double knows of a photo, from which it answers whatever it is asked. */
export type Knowledge = Readonly<{
  product: Product;
  /** All photos show one product. */
  sameProduct: boolean;
  /** One of the words of a list that is asked for; null: the first of them, which by rights is none. */
  trouble: string | null;
  styles: readonly Proposal[];
  listing: Listing;
  /** The text on the product, by image. */
  labels: readonly Label[];
}>;

/** What a part of an answer is about: one of the proposals, one image's label, one line of it. */
type About = Readonly<{ style?: Proposal; label?: Label; line?: string }>;

/** As much of JSON Schema as structured outputs allow. */
const SCHEMA = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  minimum: z.number().optional(),
  $ref: z.string().optional(),
});

/** A value that follows the schema: each property is answered by what its name asks for. */
export function fillSchema(root: unknown, knowledge: Knowledge): unknown {
  return fill(root, '');

  function fill(schema: unknown, key: string, about: About = {}): unknown {
    const node = SCHEMA.parse(schema);
    if (node.$ref !== undefined) return fill(resolve(root, node.$ref), key, about);
    if (node.const !== undefined) return node.const;
    if (node.enum !== undefined) {
      const { trouble } = knowledge;
      return node.enum.includes(trouble) ? trouble : choose(node.enum, knowledge);
    }
    if (node.anyOf !== undefined) return fill(node.anyOf.find(isNoNull) ?? node.anyOf[0], key, about);
    const type = Array.isArray(node.type) ? node.type.find((name) => name !== 'null') : node.type;
    switch (type) {
      case 'object':
        return Object.fromEntries(
          Object.entries(node.properties ?? {}).map(([name, inner]) => [name, fill(inner, name, about)]),
        );
      case 'array': {
        const listed = listOf(key, knowledge);
        if (listed !== null) return listed;
        if (/^images$/i.test(key)) {
          return knowledge.labels.map((label) => fill(node.items, key, { label }));
        }
        if (about.label !== undefined) {
          return (about.label ?? []).map((line) => fill(node.items, key, { ...about, line }));
        }
        const wished = /style|proposal|prompt|scene|idea/i.test(key) ? knowledge.styles.length : 1;
        const count = Math.min(node.maxItems ?? wished, Math.max(node.minItems ?? 0, wished));
        return Array.from({ length: count }, (_, index) =>
          fill(node.items, key, withStyle(knowledge, index)),
        );
      }
      case 'boolean':
        // Text that cannot be read is text all the same.
        if (about.label !== undefined) return about.label === null || about.label.length > 0;
        return /same/i.test(key) ? knowledge.sameProduct : knowledge.product.isProduct;
      case 'integer':
      case 'number':
        return node.minimum ?? 1;
      case 'null':
        return null;
      default:
        return about.line ?? words(key, knowledge, about.style);
    }
  }
}

function withStyle({ styles }: Knowledge, index: number): About {
  const style = styles[index % styles.length];
  return style === undefined ? {} : { style };
}

function listOf(key: string, { listing }: Knowledge): readonly string[] | null {
  if (/bullet|feature/i.test(key)) return listing.bullets;
  return /keyword|tag/i.test(key) ? listing.keywords : null;
}

function words(key: string, { product, styles, listing }: Knowledge, style: Proposal | undefined): string {
  const nearest = style ?? styles[0];
  if (/prompt|scene|description/i.test(key)) return nearest?.prompt ?? product.name;
  if (style !== undefined) return style.title;
  if (key === 'title') return listing.title;
  return /kind|categor|type/i.test(key) ? product.kindName : product.name;
}

/** Of ratios the one that suits the product, of anything else the first. */
function choose(choices: readonly unknown[], { product }: Knowledge): unknown {
  // Narrow and flat products still want a picture that fits a phone: between 3:4 and 4:3.
  const wished = Math.log(Math.min(4 / 3, Math.max(3 / 4, product.aspect)));
  const distance = (choice: unknown) => {
    const ratio = /^(\d+):(\d+)$/.exec(String(choice));
    return ratio === null ? 0 : Math.abs(Math.log(Number(ratio[1]) / Number(ratio[2])) - wished);
  };
  return [...choices].sort((one, other) => distance(one) - distance(other))[0];
}

function isNoNull(schema: unknown): boolean {
  return SCHEMA.parse(schema).type !== 'null';
}

function resolve(root: unknown, pointer: string): unknown {
  return pointer
    .replace(/^#\/?/, '')
    .split('/')
    .filter((key) => key !== '')
    .reduce<unknown>(
      (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
      root,
    );
}
